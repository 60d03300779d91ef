package io.engram.learner.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.ScoreWindow;
import io.engram.model.Measure;
import org.junit.jupiter.api.Test;

final class ContestTest {

  private static final double NONE = Double.NaN;

  @Test
  void ofAccuraciesTheLargestRivalCounts() {
    Contest contest = Contest.of(ScoreWindow.of(9, 0.8, 0.5, 0.7, NONE, 0.2), Measure.ACCURACY);
    assertThat(contest.rival()).contains(ScoreColumn.NEAREST_NEIGHBOUR);
    assertThat(contest.advantage()).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void ofErrorsTheSmallestRivalCounts() {
    Contest contest = Contest.of(ScoreWindow.of(9, 3, 4, NONE, 2), Measure.SQUARED_ERROR);
    assertThat(contest.rival()).contains(ScoreColumn.SUPPORT_MEAN);
    assertThat(contest.advantage()).isEqualTo(-0.5);
    assertThat(new Bulletin(Measure.SQUARED_ERROR).line("9-a", 9, ScoreWindow.of(9, 3, 4), 2))
        .isEqualTo(
            "published candidate 9-a after 9 tasks: squared error of the last 9 3.000, best of the others 4.000 (untrained), lag 2");
  }

  @Test
  void withoutRivalsThereIsNoAdvantage() {
    Contest contest = Contest.of(ScoreWindow.of(0), Measure.ACCURACY);
    assertThat(contest.rival()).isEmpty();
    assertThat(contest.advantage()).isNaN();
  }
}
