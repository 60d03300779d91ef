package io.engram.cli.source.omniglot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AreaScalingTest {

  @Test
  void aPixelIsTheShareOfInkUnderIt() {
    float[] ink = {
      1, 1, 0, 0, //
      1, 1, 0, 0, //
      1, 0, 0, 1, //
      0, 0, 1, 1
    };
    assertThat(new AreaScaling(4, 2).scale(ink))
        .containsExactly((byte) 255, (byte) 0, (byte) 64, (byte) 191);
  }

  @Test
  void bordersBetweenPixelsAreShared() {
    float[] ink = {
      0, 1, 0, //
      0, 1, 0, //
      0, 1, 0
    };
    assertThat(new AreaScaling(3, 2).scale(ink)).containsOnly((byte) 85);
  }

  @Test
  void inkIsNeitherLostNorMade() {
    float[] ink = new float[105 * 105];
    Arrays.fill(ink, 1f);
    assertThat(new AreaScaling(105, 28).scale(ink)).containsOnly((byte) 255);
  }
}
