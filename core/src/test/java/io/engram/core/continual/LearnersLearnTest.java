package io.engram.core.continual;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.stream.SparseInput;
import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.continual.LaMaml.Variant;
import io.engram.core.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each learner on a small stream of three tasks that one softmax regression can solve together: noisy points about class centres, in
 * three groups of coordinates, one group a task. A learner that stopped learning or replaying fails here.
 */
class LearnersLearnTest {

  private static final int CLASSES = 4;
  private static final int INPUTS = 12;
  private static final long SEED = 5;

  static List<ContinualSettings> all(int arriving) {
    return List.of(
        new OnlineSgd.Settings(arriving, 0.1f, 2),
        new ExperienceReplay.Settings(arriving, 10, 0.2f, 2, 60),
        new JointLearner.Settings(arriving, 10, 0.1f, 1),
        new MetaExperienceReplay.Settings(0.1f, 0.3f, 1f, 2, 5, 60),
        new LaMaml.Settings(
            Variant.LA_MAML, arriving, 10, 3, new LaMaml.Steps(0.2f, 0.1f, 0f, 2f), 60),
        new LaMaml.Settings(
            Variant.SYNC, arriving, 10, 3, new LaMaml.Steps(0.2f, 0.1f, 0.3f, 2f), 60),
        new LaMaml.Settings(
            Variant.C_MAML, arriving, 10, 3, new LaMaml.Steps(0.2f, 0f, 0.3f, 2f), 60),
        new ContinualMaml.Settings(arriving, 0.1f, 2, 0.05f, 0.5f, 1f, 60, false),
        new ConsolidatingReplay.Settings(
            new ConsolidatingReplay.Batch(arriving, 5, 10),
            new ConsolidatingReplay.Step(0.1f, 5f, 0.02f),
            0.5f,
            new Teacher(0.4f, 2f, 0.02f),
            60),
        new ConsolidatingReplay.Settings(
            new ConsolidatingReplay.Batch(arriving, 5, 10),
            new ConsolidatingReplay.Step(0.1f, 5f, 0.02f, 0.001f, 0.0001f),
            0.5f,
            new Teacher(0.4f, 2f, 0.02f),
            60),
        new ShrinkAndPerturb.Settings(arriving, 0.3f, 0.99f, 0.01f, 3),
        new ContinualBackprop.Settings(arriving, 0.3f, 0.001f, 10, 0.9f),
        new SessionReplay.Settings(arriving, 0.1f, 3, 10, 100, 0.5f, 0.3f, 5f));
  }

  static List<ContinualSettings> learners() {
    return all(5);
  }

  static List<ContinualSettings> learnersThatRemember() {
    return learners().stream()
        .filter(settings -> !(settings instanceof OnlineSgd.Settings))
        .filter(settings -> !(settings instanceof ContinualMaml.Settings))
        .filter(settings -> !(settings instanceof ShrinkAndPerturb.Settings))
        .filter(settings -> !(settings instanceof ContinualBackprop.Settings))
        .filter(settings -> !(settings instanceof SessionReplay.Settings))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("learners")
  void learnsWhatIsNew(ContinualSettings settings) {
    ContinualLearner learner = start(settings);
    learn(learner, 0);
    assertThat(accuracy(learner, 0)).isGreaterThan(0.85);
  }

  @ParameterizedTest
  @MethodSource("learnersThatRemember")
  void keepsWhatIsOld(ContinualSettings settings) {
    ContinualLearner learner = start(settings);
    for (int task = 0; task < 3; task++) {
      learn(learner, task);
    }
    for (int task = 0; task < 3; task++) {
      assertThat(accuracy(learner, task)).as("task %d", task).isGreaterThan(0.75);
    }
  }

  @Test
  void theStreamIsForgottenWithoutReplay() {
    ContinualLearner learner = start(new OnlineSgd.Settings(5, 0.1f, 2));
    for (int task = 0; task < 3; task++) {
      learn(learner, task);
    }
    assertThat(accuracy(learner, 0)).isLessThan(0.75);
  }

  private static ContinualLearner start(ContinualSettings settings) {
    return settings.start(
        new LinearStream(INPUTS, CLASSES), new float[(INPUTS + 1) * CLASSES], SEED);
  }

  private static void learn(ContinualLearner learner, int task) {
    List<StreamExample> examples = examples(task, 200, 1);
    for (int i = 0; i < examples.size(); i += learner.arriving()) {
      learner.learn(examples.subList(i, i + learner.arriving()));
    }
  }

  private static double accuracy(ContinualLearner learner, int task) {
    List<StreamExample> examples = examples(task, 200, 2);
    StreamBatch batch = new StreamBatch(CLASSES);
    examples.forEach(example -> batch.add(example.input()));
    float[] logits = new float[examples.size() * CLASSES];
    learner.predict(batch, logits);
    int right = 0;
    for (int i = 0; i < examples.size(); i++) {
      int best = 0;
      for (int o = 1; o < CLASSES; o++) {
        best = logits[i * CLASSES + o] > logits[i * CLASSES + best] ? o : best;
      }
      right += best == examples.get(i).label() ? 1 : 0;
    }
    return (double) right / examples.size();
  }

  /** Class c of task t is a bump at coordinate 4t + (c + t) mod 4, and every task shares a background that misleads the others. */
  private static List<StreamExample> examples(int task, int count, int part) {
    RandomStream random = new RandomStream(SEED * 100 + task * 10L + part);
    List<StreamExample> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(CLASSES);
      float[] input = new float[INPUTS];
      for (int j = 0; j < INPUTS; j++) {
        input[j] = (float) (0.3 * random.nextGaussian());
      }
      input[4 * task + label] += 1.5f;
      input[4 * ((task + 1) % 3) + (label + 1) % CLASSES] += 0.9f;
      examples.add(new StreamExample(SparseInput.of(input), label));
    }
    return examples;
  }
}
