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

  /**
   * What a look found.
   *
   * @param stalled parts that get nothing done, and since when
   * @param brokerGone since when no broker has answered
   */
  private record Seen(
      Instant at, Map<WatchedPart, Instant> stalled, Optional<Instant> brokerGone) {}

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
    this.seen = new Seen(clock.instant(), Map.of(), Optional.empty());
  }

  /** Looks. For one thread. */
  public void look() {
    Map<WatchedPart, Instant> stalled = new LinkedHashMap<>();
    parts.forEach(
        (part, watch) ->
            watch.look(part.headway().get()).ifPresent(since -> stalled.put(part, since)));
    seen = new Seen(clock.instant(), stalled, brokerGoneSince.get());
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
    last.stalled()
        .forEach(
            (part, since) ->
                troubles.add(
                    "%s has got nothing done since %s though there is work"
                        .formatted(part.name(), shown(since))));
    last.brokerGone()
        .ifPresent(since -> troubles.add("no broker has answered since " + shown(since)));
    return troubles.isEmpty() ? Health.healthy() : Health.down(String.join("; ", troubles));
  }

  /** The same part by part, and the broker at the end where it does not answer. Any thread. */
  public List<PartHealth> parts() {
    Seen last = seen;
    List<PartHealth> all = new ArrayList<>();
    parts.keySet().forEach(part -> all.add(health(part, last)));
    last.brokerGone()
        .ifPresent(
            since ->
                all.add(
                    new PartHealth(
                        "the broker",
                        PartHealth.State.STALLED,
                        "it has not answered since " + shown(since))));
    return List.copyOf(all);
  }

  private PartHealth health(WatchedPart part, Seen last) {
    if (part.termination().isDone()) {
      return new PartHealth(part.name(), PartHealth.State.STOPPED, why(part));
    }
    Instant since = last.stalled().get(part);
    if (since != null) {
      return new PartHealth(
          part.name(),
          PartHealth.State.STALLED,
          "nothing done since %s though there is work".formatted(shown(since)));
    }
    return part.waitingFor()
        .get()
        .map(what -> new PartHealth(part.name(), PartHealth.State.WAITING, what))
        .orElseGet(() -> new PartHealth(part.name(), PartHealth.State.WELL, ""));
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
