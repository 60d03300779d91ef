package io.engram.servicekit.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LagClockTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LagClock clock = new LagClock();

  @Test
  void nothingWaits() {
    clock.look(0, 5, 5);
    assertThat(clock.seconds(10 * SECOND)).isZero();
  }

  @Test
  void theOldestOfWhatWaitsCounts() {
    clock.look(0, 5, 6);
    clock.look(10 * SECOND, 5, 8);
    assertThat(clock.seconds(12 * SECOND)).isEqualTo(12);
    clock.look(13 * SECOND, 6, 8);
    assertThat(clock.seconds(13 * SECOND)).isEqualTo(3);
    clock.look(14 * SECOND, 8, 8);
    assertThat(clock.seconds(20 * SECOND)).isZero();
  }

  @Test
  void looksWithoutEndTakeLittleRoomAndLoseNoWaiting() {
    for (int i = 0; i < 100_000; i++) {
      clock.look(i * SECOND, 0, i + 1);
    }
    assertThat(clock.seconds(100_000 * SECOND)).isEqualTo(100_000);
    clock.look(100_000 * SECOND, 50_000, 100_000);
    assertThat(clock.seconds(100_000 * SECOND)).isBetween(49_000.0, 50_000.0);
  }
}
