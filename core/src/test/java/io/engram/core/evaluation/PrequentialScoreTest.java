package io.engram.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PrequentialScoreTest {

  private static PrequentialScore of(double... scores) {
    PrequentialScore score = new PrequentialScore(2, 0.5);
    for (double x : scores) {
      score.add(x);
    }
    return score;
  }

  @Test
  void threeEstimatesOfOneStream() {
    PrequentialScore score = of(1, 0, 1, 1);
    assertThat(score.count()).isEqualTo(4);
    assertThat(score.cumulative()).isEqualTo(0.75);
    assertThat(score.window()).isEqualTo(1);
    // (1 + 1/2 + 0 + 1/8) / (1 + 1/2 + 1/4 + 1/8)
    assertThat(score.fading()).isCloseTo(1.625 / 1.875, within(1e-12));
  }

  @Test
  void aYoungWindowHoldsWhatThereIs() {
    assertThat(of(0.5).window()).isEqualTo(0.5);
    assertThat(of(0.5).fading()).isEqualTo(0.5);
    assertThat(of().window()).isNaN();
    assertThat(of().cumulative()).isNaN();
    assertThat(of().fading()).isNaN();
  }

  @Test
  void withoutFadingAllScoresWeighTheSame() {
    PrequentialScore score = new PrequentialScore(1, 1);
    score.add(0);
    score.add(1);
    assertThat(score.fading()).isEqualTo(score.cumulative());
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new PrequentialScore(0, 0.9)).hasMessageContaining("found 0");
    assertThatThrownBy(() -> new PrequentialScore(1, 1.5)).hasMessageContaining("found 1.5");
  }
}
