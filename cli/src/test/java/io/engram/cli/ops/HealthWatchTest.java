package io.engram.cli.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.servicekit.health.Headway;
import io.engram.servicekit.health.Health;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HealthWatchTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Moving clock = new Moving();
  private final CompletableFuture<Void> termination = new CompletableFuture<>();
  private Headway headway = new Headway(0, true);
  private Optional<Instant> gone = Optional.empty();
  private final HealthWatch watch =
      new HealthWatch(
          List.of(
              new WatchedPart("the learner", termination, () -> headway),
              WatchedPart.of("the subscriber", new CompletableFuture<>())),
          () -> gone,
          Duration.ofSeconds(60),
          clock);

  private static final class Moving extends Clock {
    private Instant now = START;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private void seconds(int count) {
    for (int i = 0; i < count; i++) {
      clock.now = clock.now.plusSeconds(1);
      watch.look();
    }
  }

  @Test
  void aPartThatMovesIsWell() {
    for (int i = 0; i < 10; i++) {
      headway = new Headway(i, true);
      seconds(30);
    }
    assertThat(watch.now()).isEqualTo(Health.healthy());
  }

  @Test
  void aPartThatIsStuckIsNamedAndSinceWhen() {
    seconds(62);

    assertThat(watch.now())
        .isEqualTo(
            Health.down(
                "the learner has got nothing done since 2026-01-01T00:00:01Z (61 s) though there is work"));
    headway = new Headway(1, true);
    seconds(1);
    assertThat(watch.now().up()).isTrue();
  }

  @Test
  void aBrokerThatIsGoneIsSaidAndSinceWhen() {
    gone = Optional.of(START.plusSeconds(5));
    seconds(10);
    assertThat(watch.now().detail())
        .isEqualTo("no broker has answered since 2026-01-01T00:00:05Z (5 s)");
  }

  @Test
  void aPartThatHasDiedIsSaidAtOnceWithItsReason() {
    termination.completeExceptionally(new OutOfMemoryError("Java heap space"));
    assertThat(watch.now().detail())
        .isEqualTo("the learner has stopped: java.lang.OutOfMemoryError: Java heap space");
  }

  @Test
  void eachPartIsToldApart() {
    assertThat(watch.parts())
        .containsExactly(
            new PartHealth("the learner", PartHealth.State.WELL, ""),
            new PartHealth("the subscriber", PartHealth.State.WELL, ""));
    gone = Optional.of(START.plusSeconds(5));
    seconds(62);
    assertThat(watch.parts())
        .containsExactly(
            new PartHealth(
                "the learner",
                PartHealth.State.STALLED,
                "nothing done since 2026-01-01T00:00:01Z (61 s) though there is work"),
            new PartHealth("the subscriber", PartHealth.State.WELL, ""),
            new PartHealth(
                "the broker",
                PartHealth.State.STALLED,
                "it has not answered since 2026-01-01T00:00:05Z (57 s)"));
    termination.completeExceptionally(new IllegalStateException("disk full"));
    assertThat(watch.parts().get(0))
        .isEqualTo(new PartHealth("the learner", PartHealth.State.STOPPED, "disk full"));
  }

  @Test
  void whatNobodyHasLookedAfterIsNotWell() {
    seconds(1);
    clock.now = clock.now.plusSeconds(21);
    assertThat(watch.now().detail()).startsWith("nobody has looked after the parts since");
  }
}
