package io.engram.cli.taste;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeyCountsTest {

  private static KeyCounts counts(int... rowsOfKeys) {
    List<Row> rows = new ArrayList<>();
    for (int key = 0; key < rowsOfKeys.length; key++) {
      for (int i = 0; i < rowsOfKeys[key]; i++) {
        rows.add(new Row("k" + key, new float[0], 0));
      }
    }
    return KeyCounts.of(rows);
  }

  @Test
  void tasksHaveTheUsualSizeWhereMostKeysHaveRowsEnough() {
    assertThat(counts(3, 25, 60, 1000)).isEqualTo(new KeyCounts(4, 3, 42.5, 1000, 10, 1));
  }

  @Test
  void tasksAreSmallerWhereMostKeysHaveFewerRows() {
    assertThat(counts(1, 1, 1, 9, 11, 400)).isEqualTo(new KeyCounts(6, 1, 5, 400, 5, 4));
  }

  @Test
  void tasksAreNeverSmallerThanTwoAndTwo() {
    assertThat(counts(1, 2, 3)).isEqualTo(new KeyCounts(3, 1, 2, 3, 2, 3));
  }
}
