package io.engram.cli.ops;

import io.engram.servicekit.health.Health;
import io.engram.servicekit.health.StallWatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Whether all parts of a process are well: none has stopped, each gets something done if there is something to do, a broker answers. One
 * thread looks, regularly; any thread may ask what was seen last, and is answered at once.
 */
public final class HealthWatch {

  /** Without a look for so long, what was seen last is no longer the truth. */
  private static final Duration LONGEST_BETWEEN_LOOKS = Duration.ofSeconds(20);

  private final Map<WatchedPart, StallWatch> parts = new LinkedHashMap<>();
  private final Supplier<Optional<Instant>> brokerGoneSince;
  private final Clock clock;
  private volatile Seen seen;

  private record Seen(Instant at, List<String> troubles) {}

  /**
   * Nothing seen yet.
   *
   * @param patience how long a part may get nothing done though there is something to do
   * @param brokerGoneSince since when no broker has answered
   */
  public HealthWatch(
      List<WatchedPart> parts,
      Supplier<Optional<Instant>> brokerGoneSince,
      Duration patience,
      Clock clock) {
    parts.forEach(part -> this.parts.put(part, new StallWatch(patience, clock)));
    this.brokerGoneSince = brokerGoneSince;
    this.clock = clock;
    this.seen = new Seen(clock.instant(), List.of());
  }

  /** Looks. For one thread. */
  public void look() {
    List<String> troubles = new ArrayList<>();
    parts.forEach(
        (part, watch) ->
            watch
                .look(part.headway().get())
                .ifPresent(
                    since ->
                        troubles.add(
                            "%s has got nothing done since %s though there is work"
                                .formatted(part.name(), shown(since)))));
    brokerGoneSince
        .get()
        .ifPresent(since -> troubles.add("no broker has answered since " + shown(since)));
    seen = new Seen(clock.instant(), List.copyOf(troubles));
  }

  /** What was seen last. Any thread. */
  public Health now() {
    List<String> troubles = new ArrayList<>();
    parts.keySet().stream()
        .filter(part -> part.termination().isDone())
        .forEach(part -> troubles.add("%s has stopped: %s".formatted(part.name(), why(part))));
    parts
        .keySet()
        .forEach(
            part ->
                part.waitingFor()
                    .get()
                    .ifPresent(what -> troubles.add("%s waits: %s".formatted(part.name(), what))));
    Seen last = seen;
    if (Duration.between(last.at(), clock.instant()).compareTo(LONGEST_BETWEEN_LOOKS) > 0) {
      troubles.add("nobody has looked after the parts since " + shown(last.at()));
    }
    troubles.addAll(last.troubles());
    return troubles.isEmpty() ? Health.healthy() : Health.down(String.join("; ", troubles));
  }

  private String shown(Instant since) {
    return "%s (%d s)"
        .formatted(
            since.truncatedTo(ChronoUnit.SECONDS),
            Duration.between(since, clock.instant()).toSeconds());
  }

  private static String why(WatchedPart part) {
    try {
      part.termination().join();
      return "for no reason it gave";
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return Failures.inOneLine(cause);
    }
  }
}
