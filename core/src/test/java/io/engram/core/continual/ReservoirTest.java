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

  /** An example stays with probability 1 − 1/r each time another comes: ages are geometric, their mean r; 5 σ of the mean of 20,000 is 1.8. */
  @Test
  void oneWithAReachKeepsWhatCameLately() {
    double age = 0;
    for (int seed = 0; seed < 1000; seed++) {
      Reservoir memory = new Reservoir(20, seed, 50);
      for (int i = 1; i <= 1000; i++) {
        memory.offer(numbered(i));
      }
      for (int place = 0; place < memory.size(); place++) {
        age += (1000 - memory.get(place).example().input().values()[0]) / 20_000;
      }
    }
    assertThat(age).isCloseTo(49, within(1.8));
  }

  @Test
  void untilItsReachIsFullItIsASampleOfEverything() {
    Reservoir whole = new Reservoir(5, 3);
    Reservoir reaching = new Reservoir(5, 3, 100);
    for (int i = 1; i <= 100; i++) {
      whole.offer(numbered(i));
      reaching.offer(numbered(i));
    }
    for (int place = 0; place < 5; place++) {
      assertThat(reaching.get(place).example().input().values())
          .containsExactly(whole.get(place).example().input().values());
    }
  }
}
