package io.engram.core.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.stream.SparseInput;
import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.continual.LaMaml.Variant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One step of each rule, worked by hand on softmax regression with one input and two classes, from θ = 0. */
class ContinualLearnersTest {

  /** At θ = 0 both classes have probability ½: ∂z = (½ − y)·w, and the gradient of weights equals that of biases where x = 1. */
  private static final StreamExample ONE = example(1, 1);

  private static final StreamExample ZERO = example(1, 0);

  private static StreamExample example(float x, int label) {
    return new StreamExample(SparseInput.of(new float[] {x}), label);
  }

  private static ContinualLearner start(ContinualSettings settings) {
    return settings.start(new LinearStream(1, 2), new float[4], 3);
  }

  /** z₁ − z₀ at x. */
  private static double margin(ContinualLearner learner, float x) {
    StreamBatch batch = new StreamBatch(2);
    batch.add(SparseInput.of(new float[] {x}));
    float[] logits = new float[2];
    learner.predict(batch, logits);
    return logits[1] - logits[0];
  }

  @Test
  void onlineSgdTakesOneStepAGlance() {
    ContinualLearner learner = start(new OnlineSgd.Settings(1, 0.1f, 1));
    learner.learn(List.of(ONE));
    // Each of w₁, b₁ gains α/2, each of w₀, b₀ loses it: 4·α/2.
    assertThat(margin(learner, 1)).isCloseTo(0.2, within(1e-6));
    assertThat(margin(learner, 0)).isCloseTo(0.1, within(1e-6));
  }

  @Test
  void shrinkingTakesItsShareAfterEverySoManySteps() {
    ContinualLearner learner = start(new ShrinkAndPerturb.Settings(1, 0.1f, 0.5f, 0f, 2));
    ContinualLearner sgd = start(new OnlineSgd.Settings(1, 0.1f, 1));
    learner.learn(List.of(ONE));
    sgd.learn(List.of(ONE));
    assertThat(margin(learner, 1)).isEqualTo(margin(sgd, 1));
    learner.learn(List.of(ONE));
    sgd.learn(List.of(ONE));
    assertThat(margin(learner, 1)).isCloseTo(margin(sgd, 1) / 2, within(1e-6));
  }

  @Test
  void withoutNoiseItIsTheGradientOfThePenalty() {
    float step = 0.1f;
    float penalty = 0.3f;
    ContinualLearner learner =
        start(new ShrinkAndPerturb.Settings(1, step, 1 - step * penalty, 0f, 1));
    learner.learn(List.of(ONE));
    double before = margin(learner, 1);
    learner.learn(List.of(ONE));
    // Four weights move by α·λ·(1 − σ(z)) each, and lose α·w of themselves.
    double wrong = 1 / (1 + Math.exp(before));
    double shrink = 1 - 0.1 * 0.3;
    assertThat(margin(learner, 1))
        .isCloseTo(before - 0.1 * 0.3 * before + 4 * 0.1 * shrink * wrong, within(1e-6));
  }

  /** Of the four perturbed weights the margin at x = 1 is a sum of variance 4σ²; 5 standard errors of 4,000 such are 0.11 of it. */
  @Test
  void perturbationsHaveTheirVariance() {
    double squares = 0;
    for (int seed = 0; seed < 4000; seed++) {
      ShrinkAndPerturb.Settings settings = new ShrinkAndPerturb.Settings(1, 1e-9f, 1f, 0.01f, 1);
      ContinualLearner learner = settings.start(new LinearStream(1, 2), new float[4], seed);
      learner.learn(List.of(ONE));
      squares += Math.pow(margin(learner, 1), 2) / 4000;
    }
    assertThat(squares).isCloseTo(4 * 0.01 * 0.01, within(0.12 * 4 * 0.01 * 0.01));
  }

  @Test
  void importanceThatFadesLeavesStepsAsLongAsTheyWere() {
    double hard = lastStep(new ConsolidatingReplay.Step(0.1f, 100f, 1f));
    double fading = lastStep(new ConsolidatingReplay.Step(0.1f, 100f, 1f, 0.5f, 0f));
    double soft = lastStep(new ConsolidatingReplay.Step(0.1f, 100f, 0f));
    assertThat(hard).isLessThan(0.1 * soft);
    // F settles near g²/f = 2·¼, so steps at ⅔ of their size.
    assertThat(fading / soft).isCloseTo(2 / 3.0, within(0.07));
  }

  /** How far the margin goes back and forth at the end of a hundred examples that contradict each other. */
  private static double lastStep(ConsolidatingReplay.Step step) {
    ContinualLearner learner =
        start(
            new ConsolidatingReplay.Settings(
                new ConsolidatingReplay.Batch(1, 1, 0), step, 0f, new Teacher(0f, 1f, 0.1f), 1));
    for (int i = 0; i < 100; i++) {
      learner.learn(List.of(i % 2 == 0 ? ONE : ZERO));
    }
    double before = margin(learner, 1);
    learner.learn(List.of(ONE));
    return margin(learner, 1) - before;
  }

  @Test
  void weightsThatDecayLoseTheirShareWithEveryExample() {
    ContinualLearner plain = replaying(0f);
    ContinualLearner decaying = replaying(0.1f);
    plain.learn(List.of(ONE, ONE));
    decaying.learn(List.of(ONE, ONE));
    assertThat(margin(decaying, 1)).isCloseTo(0.81 * margin(plain, 1), within(1e-6));
  }

  private static ContinualLearner replaying(float decay) {
    return start(
        new ConsolidatingReplay.Settings(
            new ConsolidatingReplay.Batch(2, 1, 0),
            new ConsolidatingReplay.Step(0.1f, 100f, 1f, 0f, decay),
            0f,
            new Teacher(0f, 1f, 0.1f),
            1));
  }

  @Test
  void replayWeighsOldAndNewAlike() {
    ContinualLearner learner = start(new ExperienceReplay.Settings(1, 1, 0.1f, 1, 5));
    learner.learn(List.of(ONE));
    double before = margin(learner, 1);
    learner.learn(List.of(ZERO));
    // Half a step back for the new one, half a step on for the old one: both are near ½, so little
    // remains.
    double p = 1 / (1 + Math.exp(-before));
    assertThat(margin(learner, 1))
        .isCloseTo(before + 0.4 * (0.5 * (1 - p) - 0.5 * p), within(1e-6));
  }

  @Test
  void merGoesAShareOfTheWay() {
    ContinualLearner whole = start(new OnlineSgd.Settings(1, 0.1f, 1));
    ContinualLearner learner = start(new MetaExperienceReplay.Settings(0.1f, 0.5f, 0.5f, 1, 0, 5));
    whole.learn(List.of(ONE));
    learner.learn(List.of(ONE));
    assertThat(margin(learner, 1)).isCloseTo(0.25 * margin(whole, 1), within(1e-6));
  }

  @Test
  void merWithinABatchIsReptileOverSingleSteps() {
    ContinualLearner steps = start(new OnlineSgd.Settings(1, 0.1f, 2));
    steps.learn(List.of(ONE));
    ContinualLearner learner = start(new MetaExperienceReplay.Settings(0.1f, 1f, 1f, 2, 0, 5));
    learner.learn(List.of(ONE));
    assertThat(margin(learner, 1)).isCloseTo(margin(steps, 1), within(1e-6));
  }

  @Test
  void lookAheadDescendsTheGradientFoundAfterTheInnerStep() {
    ContinualLearner learner =
        start(
            new LaMaml.Settings(
                Variant.C_MAML, 1, 0, 1, new LaMaml.Steps(0.1f, 0f, 0.3f, 100f), 5));
    learner.learn(List.of(ONE));
    // Inner step: margin 4·0.1·½. Then the outer step of 0.3 with the gradient there.
    double ahead = 1 / (1 + Math.exp(-0.2));
    assertThat(margin(learner, 1)).isCloseTo(4 * 0.3 * (1 - ahead), within(1e-6));
  }

  @Test
  void stepSizesGrowWhereInnerAndMetaGradientsAgree() {
    // ∂α = −m·g with g = ½ and m = 1 − σ(0.2) of the same sign: α grows by η·m·g, then moves θ by
    // α·m.
    ContinualLearner learner =
        start(
            new LaMaml.Settings(
                Variant.LA_MAML, 1, 0, 1, new LaMaml.Steps(0.1f, 0.5f, 0f, 100f), 5));
    learner.learn(List.of(ONE));
    double m = 1 - 1 / (1 + Math.exp(-0.2));
    double alpha = 0.1 + 0.5 * m * 0.5;
    assertThat(margin(learner, 1)).isCloseTo(4 * alpha * m, within(1e-6));
  }

  @Test
  void stepSizesLearnedBelowZeroStandStill() {
    // New examples that contradict each other drive α down: the meta-gradient opposes the inner
    // one.
    ContinualLearner learner =
        start(
            new LaMaml.Settings(
                Variant.LA_MAML, 1, 0, 60, new LaMaml.Steps(0.1f, 5f, 0f, 100f), 5));
    learner.learn(List.of(ONE));
    double settled = margin(learner, 1);
    assertThat(settled).isPositive().isFinite();
    ContinualLearner still =
        start(
            new LaMaml.Settings(
                Variant.LA_MAML, 1, 0, 3, new LaMaml.Steps(-0.1f, 0.1f, 0f, 100f), 5));
    still.learn(List.of(ONE));
    assertThat(margin(still, 1)).isZero();
  }

  @Test
  void syncMovesWeightsAtTheOuterRateAndStillLearnsStepSizes() {
    ContinualLearner learner =
        start(
            new LaMaml.Settings(
                Variant.SYNC, 1, 0, 1, new LaMaml.Steps(0.1f, 0.5f, 0.3f, 100f), 5));
    learner.learn(List.of(ONE));
    double ahead = 1 / (1 + Math.exp(-0.2));
    assertThat(margin(learner, 1)).isCloseTo(4 * 0.3 * (1 - ahead), within(1e-6));
  }

  @Test
  void continualMamlKeepsFastWeightsUntilTheyAreWorseThanFreshOnes() {
    ContinualMaml learner =
        (ContinualMaml) start(new ContinualMaml.Settings(1, 0.5f, 2, 0.1f, 0.05f, 0.5f, 10, false));
    learner.learn(List.of(ONE));
    long begun = learner.boundaries();
    for (int i = 0; i < 4; i++) {
      learner.learn(List.of(ONE));
    }
    assertThat(learner.boundaries()).isEqualTo(begun);
    assertThat(margin(learner, 1)).isGreaterThan(2);
    learner.learn(List.of(ZERO));
    assertThat(learner.boundaries()).isEqualTo(begun + 1);
    assertThat(margin(learner, 1)).isNegative();
  }

  @Test
  void atABoundaryTheSlowWeightsLearnFromTheSessionThatEnded() {
    float negligible = Float.NEGATIVE_INFINITY;
    ContinualLearner learner =
        start(new ContinualMaml.Settings(2, 0.5f, 1, 0.1f, negligible, 2f, 10, false));
    learner.learn(List.of(ONE, ONE));
    learner.learn(List.of(ZERO, ZERO));
    // φ = 0 adapted on the first ONE answers the second with a margin of 1; a step moves it four
    // times as far as each weight.
    double loss = Math.log(1 + Math.exp(-1));
    double wrong = 1 / (1 + Math.exp(1));
    double slow = 4 * 0.1 * (loss / 2) * wrong;
    double one = 1 / (1 + Math.exp(-slow));
    assertThat(margin(learner, 1)).isCloseTo(slow - 4 * 0.5 * one, within(1e-6));
  }

  @Test
  void aSessionBeginsWithAFreshHead() {
    SessionReplay.Settings settings = new SessionReplay.Settings(1, 0.5f, 4, 1, 10, 0.3f, 1f, 100f);
    ContinualLearner learner = start(settings);
    ContinualLearner fresh = start(settings);
    for (int i = 0; i < 4; i++) {
      learner.learn(List.of(ONE));
    }
    assertThat(margin(learner, 1)).isPositive();
    learner.learn(List.of(ZERO));
    fresh.learn(List.of(ZERO));
    // Softmax regression is nothing but a head: of the session before nothing is left.
    assertThat(margin(learner, 1)).isCloseTo(margin(fresh, 1), within(1e-6)).isNegative();
  }

  @Test
  void theJointLearnerIsNotMovedByOrder() {
    JointLearner learner = (JointLearner) start(new JointLearner.Settings(1, 4, 0.5f, 50));
    learner.learn(List.of(example(1, 1), example(-1, 0)));
    learner.learn(List.of(example(2, 1)));
    assertThat(margin(learner, 1)).isPositive();
    assertThat(margin(learner, -1)).isNegative();
  }

  @Test
  void predictingChangesNothing() {
    for (ContinualSettings settings : LearnersLearnTest.all(2)) {
      ContinualLearner asked = start(settings);
      ContinualLearner left = start(settings);
      for (int i = 0; i < 12; i++) {
        margin(asked, i);
        asked.learn(List.of(i % 2 == 0 ? ONE : ZERO, example(-1, i % 2)));
        left.learn(List.of(i % 2 == 0 ? ONE : ZERO, example(-1, i % 2)));
      }
      assertThat(margin(asked, 1)).as(settings.toString()).isEqualTo(margin(left, 1));
    }
  }
}
