package io.engram.servicekit.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void whatIsDeclaredIsRegistered() {
    try (Meters meters = new Meters(registry)) {
      meters
          .counter(Metric.counter("engram_x_things_total", "Things").by("kind"), "odd")
          .increment();
      meters.gauge(Metric.gauge("engram_x_free_bytes", "Room"), 7, Integer::doubleValue);
      assertThat(registry.get("engram.x.things").tag("kind", "odd").counter().count()).isEqualTo(1);
      assertThat(registry.get("engram.x.free.bytes").gauge().value()).isEqualTo(7);
    }
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void labelsAreAllGivenAndKindsAreKept() {
    Meters meters = new Meters(registry);
    Metric metric = Metric.counter("engram_x_things_total", "Things").by("kind");
    assertThatThrownBy(() -> meters.counter(metric)).hasMessageContaining("[kind]");
    assertThatThrownBy(() -> meters.timer(metric, "odd")).hasMessageContaining("COUNTER");
  }

  @ParameterizedTest
  @ValueSource(strings = {"engram_x_total", "engram_X", "x", "engram_x_"})
  void namesThatPrometheusWouldNotLikeAreRefusedForGauges(String name) {
    assertThatThrownBy(() -> Metric.gauge(name, "Help"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void unitsAreInTheName() {
    assertThat(
            List.of(
                Metric.gauge("engram_x_bytes", "X").unit(), Metric.gauge("engram_x", "X").unit()))
        .containsExactly("bytes", "");
  }
}
