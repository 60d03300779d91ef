package io.engram.cli.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void itLetsSoManyGoByFromWhereItBegins() {
    AtomicLong nanos = new AtomicLong(77);
    LongSupplier sent = new Pace(200, 500, nanos::get).from(1_000);
    assertThat(sent.getAsLong()).isEqualTo(1_000);
    nanos.addAndGet(500_000_000);
    assertThat(sent.getAsLong()).isEqualTo(1_100);
    nanos.addAndGet(3_600_000_000_000L);
    assertThat(sent.getAsLong()).isEqualTo(721_100);
  }

  @Test
  void transactionsAreSmallWhereItIsSlow() {
    assertThat(new Pace(200, 500, () -> 0).batch()).isEqualTo(50);
    assertThat(new Pace(1, 500, () -> 0).batch()).isEqualTo(1);
    assertThat(new Pace(100_000, 500, () -> 0).batch()).isEqualTo(500);
    assertThatThrownBy(() -> new Pace(0, 500, () -> 0)).hasMessageContaining("--rate");
  }
}
