package io.engram.experiments.plasticity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProgressTest {

  private static Progress of(int tasks) {
    Progress progress = Progress.NONE;
    for (int task = 0; task < tasks; task++) {
      // Up to task 300, then down.
      progress = progress.with(task < 300 ? task : 600 - task, 2);
    }
    return progress;
  }

  @Test
  void figuresAreMeansOfHundreds() {
    Progress progress = of(450);
    assertThat(progress.first()).isEqualTo(49.5);
    assertThat(progress.best())
        .as("tasks 201 to 300, and 301 to 400")
        .isCloseTo(250.5, within(1e-9));
    assertThat(progress.last()).as("600 − 350 … 600 − 449").isEqualTo(200.5);
    assertThat(progress.secondsInAll()).isEqualTo(900);
  }

  @Test
  void ofFewTasksTheyAreMeansOfAFifth() {
    assertThat(of(20).window()).isEqualTo(4);
    assertThat(of(20).last()).isEqualTo(17.5);
    assertThat(of(3).window()).isEqualTo(1);
  }

  @Test
  void theFirstSoManyAreWhatTheyWere() {
    assertThat(of(450).first(20).right()).containsExactly(of(20).right());
    assertThat(of(5).first(20).tasks()).isEqualTo(5);
  }
}
