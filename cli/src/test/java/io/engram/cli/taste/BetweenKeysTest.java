package io.engram.cli.taste;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BetweenKeysTest {

  private final RandomStream random = new RandomStream(1);

  private double share(boolean classes, int keys, int rowsOfKey, double differ) {
    List<Row> rows = new ArrayList<>();
    double[] level =
        IntStream.range(0, keys).mapToDouble(key -> differ * random.nextGaussian()).toArray();
    for (int i = 0; i < keys * rowsOfKey; i++) {
      double value = level[i % keys] + random.nextGaussian();
      rows.add(
          new Row(
              "k" + i % keys,
              new float[0],
              classes ? (value > 0 ? 1 : 0) : (float) (1000 + value)));
    }
    return BetweenKeys.share(rows, classes ? 2 : 0);
  }

  @Test
  void itIsTheShareThatLiesBetweenKeys() {
    assertThat(share(false, 400, 10, 1)).isCloseTo(0.5, within(0.05));
    assertThat(share(false, 400, 10, 3)).isCloseTo(0.9, within(0.03));
    assertThat(share(true, 400, 10, 10)).isGreaterThan(0.8);
  }

  @Test
  void meansThatDifferByChanceDoNotCount() {
    assertThat(share(false, 400, 2, 0)).isLessThan(0.1);
    assertThat(share(true, 400, 3, 0)).isLessThan(0.1);
  }

  @Test
  void oneKeyOrOneRowOfEachTellsNothing() {
    assertThat(share(false, 1, 50, 1)).isNaN();
    assertThat(share(false, 50, 1, 1)).isNaN();
  }
}
