package io.engram.core.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.stream.SparseInput;
import org.junit.jupiter.api.Test;

class ReservoirTest {

  private static StreamExample numbered(int number) {
    return new StreamExample(SparseInput.of(new float[] {number}), 0);
  }

  @Test
  void keepsEverythingUntilItIsFull() {
    Reservoir memory = new Reservoir(3, 1);
    assertThat(memory.isEmpty()).isTrue();
    memory.offer(numbered(1));
    memory.offer(numbered(2));
    assertThat(memory.size()).isEqualTo(2);
    assertThat(memory.get(1).example().input().values()).containsExactly(2f);
  }

  /** 1,000 seeds, 20 of 100: each quarter of the stream should hold a quarter of the places; 5 σ of that mean is 0.3. */
  @Test
  void everyPartOfTheStreamIsEquallyLikelyToBeKept() {
    double[] quarters = new double[4];
    for (int seed = 0; seed < 1000; seed++) {
      Reservoir memory = new Reservoir(20, seed);
      for (int i = 1; i <= 100; i++) {
        memory.offer(numbered(i));
      }
      for (int place = 0; place < memory.size(); place++) {
        int number = (int) memory.get(place).example().input().values()[0];
        quarters[(number - 1) / 25] += 1e-3;
      }
    }
    for (double quarter : quarters) {
      assertThat(quarter).isCloseTo(5, within(0.3));
    }
  }
}
