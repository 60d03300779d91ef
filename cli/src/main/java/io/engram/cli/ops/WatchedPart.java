package io.engram.cli.ops;

import io.engram.servicekit.health.Headway;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A part whose health is watched.
 *
 * @param name for people: "the learner"
 * @param termination completes when it has stopped by itself
 * @param headway how far it has come; must answer at once
 * @param waitingFor what it waits for that does not answer; empty while there is nothing; must answer at once
 */
public record WatchedPart(
    String name,
    CompletableFuture<Void> termination,
    Supplier<Headway> headway,
    Supplier<Optional<String>> waitingFor) {

  /** A part that waits for nobody. */
  public WatchedPart(String name, CompletableFuture<Void> termination, Supplier<Headway> headway) {
    this(name, termination, headway, Optional::empty);
  }

  /** A part of which no more is known than whether it has stopped. */
  public static WatchedPart of(String name, CompletableFuture<Void> termination) {
    return new WatchedPart(name, termination, () -> new Headway(0, false));
  }
}
