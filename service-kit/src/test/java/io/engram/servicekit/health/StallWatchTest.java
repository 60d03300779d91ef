package io.engram.servicekit.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class StallWatchTest {

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final StallWatch watch = new StallWatch(Duration.ofSeconds(60), new Moving());

  private final class Moving extends Clock {
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

  @Test
  void whoMovesOrHasNothingToDoIsWell() {
    for (int i = 0; i < 100; i++) {
      now = now.plusSeconds(50);
      assertThat(watch.look(new Headway(i, true))).isEmpty();
    }
    for (int i = 0; i < 100; i++) {
      now = now.plusSeconds(50);
      assertThat(watch.look(new Headway(99, false))).isEmpty();
    }
  }

  @Test
  void whoHasWorkAndDoesNotMoveIsNotAndItIsKnownSinceWhen() {
    assertThat(watch.look(new Headway(7, true))).isEmpty();
    Instant stopped = now;
    now = now.plusSeconds(60);
    assertThat(watch.look(new Headway(7, true))).isEmpty();
    now = now.plusSeconds(1);
    assertThat(watch.look(new Headway(7, true))).contains(stopped);
    now = now.plusSeconds(1);
    assertThat(watch.look(new Headway(8, true))).isEmpty();
  }

  @Test
  void workThatComesNowWasNotWaitingBefore() {
    watch.look(new Headway(7, false));
    now = now.plusSeconds(1000);
    assertThat(watch.look(new Headway(7, true))).isEmpty();
  }
}
