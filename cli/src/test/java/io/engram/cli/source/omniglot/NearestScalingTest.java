package io.engram.cli.source.omniglot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NearestScalingTest {

  /** Pillow scales 105 pixels to 28 by taking numbers 1, 5, 9, 13, 16, 20, … 103: ⌊(i + ½)·3.75⌋. */
  @Test
  void nearestTakesThePixelUnderTheMiddle() {
    float[] ink = new float[105 * 105];
    ink[5 * 105 + 16] = 1;
    ink[103 * 105 + 103] = 1;
    byte[] levels = new NearestScaling(105, 28).scale(ink);
    byte[] expected = new byte[28 * 28];
    expected[1 * 28 + 4] = (byte) 255;
    expected[27 * 28 + 27] = (byte) 255;
    assertThat(levels).isEqualTo(expected);
  }
}
