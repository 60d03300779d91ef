package io.engram.cli.taste;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.TaskScore;
import io.engram.core.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

final class VerdictTest {

  private static final double CONSTANT = 10;
  private static final double DIFFERENT = 0.5;

  private final RandomStream random = new RandomStream(5);

  /** Of numbers: squared errors of Engram by task, beside a ridge and one model for all whose errors are these on average. */
  private Verdict verdict(
      int tasks, IntToDoubleFunction engram, double ridge, double global, double betweenKeys) {
    List<TaskScore> scores = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      double hard = 0.2 * random.nextGaussian();
      scores.add(
          new TaskScore(
              Map.of(
                  ScoreColumn.MODEL,
                  engram.applyAsDouble(i) + hard,
                  ScoreColumn.SUPPORT_MEAN,
                  20.0,
                  ScoreColumn.SUPPORT_FIT,
                  ridge + hard + 0.2 * random.nextGaussian(),
                  ScoreColumn.GLOBAL,
                  global + hard + 0.2 * random.nextGaussian())));
    }
    Errors errors = new Errors(scores, ErrorKind.SQUARED);
    return Verdict.of(
        Comparison.of(errors, Contender.of(false, 10)), ErrorKind.SQUARED, CONSTANT, betweenKeys);
  }

  @Test
  void whatIsBetterBeyondNoiseIsWorthRunning() {
    Verdict found = verdict(500, i -> 2.0, 2.5, 4, DIFFERENT);
    assertThat(found.kind()).isEqualTo(Verdict.Kind.WORTH);
    assertThat(found.sentence())
        .contains("% below that of the linear fit (ridge on the 10 rows)")
        .endsWith("worth running.");
  }

  @Test
  void aGainThatHasGoneIsNamed() {
    Verdict found = verdict(1000, i -> i < 800 ? 1.5 : 3.0, 2.5, 4, DIFFERENT);
    assertThat(found.kind()).isEqualTo(Verdict.Kind.WORTH);
    assertThat(found.sentence()).contains("over the last 200 tasks it was not ahead");
  }

  @Test
  void aSmallGainOverOneModelForAllIsNamedWhereLabelsAreAlike() {
    Verdict found = verdict(2000, i -> 2.4, 4, 2.5, 0.01);
    assertThat(found.kind()).isEqualTo(Verdict.Kind.WORTH);
    assertThat(found.sentence()).contains("one larger model for all may do as well");
  }

  @Test
  void whatGetsAheadInTheEndIsWorthALongerStream() {
    Verdict found = verdict(420, i -> i < 220 ? 3.0 : 2.0, 2.5, 4, DIFFERENT);
    assertThat(found.kind()).isEqualTo(Verdict.Kind.IN_THE_END);
    assertThat(found.sentence()).contains("over the last 200", "worth running on a longer stream");
  }

  @Test
  void whatIsNoBetterSaysWhoDoesAsWell() {
    Verdict ridge = verdict(500, i -> 2.5, 2.5, 4, DIFFERENT);
    assertThat(ridge.kind()).isEqualTo(Verdict.Kind.NO_BETTER);
    assertThat(ridge.sentence()).contains("the linear fit", "no more than noise");
    Verdict global = verdict(500, i -> 2.5, 4, 2.5, DIFFERENT);
    assertThat(global.kind()).isEqualTo(Verdict.Kind.NO_BETTER);
    assertThat(global.sentence())
        .startsWith("One model for all does as well")
        .doesNotContain("hardly differ");
  }

  @Test
  void whatIsWorseSaysByHowMuch() {
    Verdict ridge = verdict(500, i -> 3.0, 2.5, 4, DIFFERENT);
    assertThat(ridge.kind()).isEqualTo(Verdict.Kind.WORSE);
    assertThat(ridge.sentence())
        .contains("Not worth running: Engram's error is", "% above that of the linear fit");
    Verdict global = verdict(500, i -> 3.0, 4, 2.5, 0.01);
    assertThat(global.kind()).isEqualTo(Verdict.Kind.WORSE);
    assertThat(global.sentence())
        .startsWith("One model for all is better")
        .contains("hardly differ");
  }

  @Test
  void whereAConstantDoesAsWellNothingHelps() {
    assertThat(verdict(500, i -> 9.9, 10, 11, DIFFERENT).kind())
        .isEqualTo(Verdict.Kind.NOTHING_HELPS);
  }

  @Test
  void fewTasksShowNothing() {
    assertThat(verdict(22, i -> 1.0, 2.5, 4, DIFFERENT).kind()).isEqualTo(Verdict.Kind.TOO_FEW);
  }
}
