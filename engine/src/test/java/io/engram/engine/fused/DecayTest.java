package io.engram.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What decays for ever ends at 0, and passes no number on the way that processors are slow with. */
final class DecayTest {

  @Test
  void whatDecaysEndsAtNothing() {
    float[] values = {1f, -1f, 3e-20f, Float.MIN_VALUE, -Float.MIN_NORMAL};
    HeapVector vector = new HeapVector(values);
    for (int i = 0; i < 1000; i++) {
      vector.scale(0.9f);
      for (float value : values) {
        assertThat(value == 0 || Math.abs(value) >= Float.MIN_NORMAL).as("%s", value).isTrue();
      }
    }
    assertThat(values).containsOnly(0f);
  }

  @Property
  void whatIsNotTinyIsMultipliedAsEver(
      @ForAll @IntRange(min = -60, max = 60) int exponent,
      @ForAll @IntRange(min = 0, max = (1 << 23) - 1) int fraction,
      @ForAll @IntRange(min = 500, max = 1000) int thousandths) {
    float value = Math.scalb(1 + fraction * 0x1p-23f, exponent);
    float factor = thousandths / 1000f;
    float[] values = {value, -value};
    new HeapVector(values).scale(factor);
    assertThat(values).containsExactly(factor * value, -(factor * value));
  }
}
