package io.engram.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.continual.ConsolidatingReplay;
import io.engram.core.continual.DurableSettings;
import io.engram.core.continual.OnlineSgd;
import io.engram.core.continual.Teacher;
import io.engram.core.learning.Basics;
import io.engram.core.learning.Examination;
import io.engram.core.learning.HoldOut;
import io.engram.core.learning.LifelongLearner;
import io.engram.core.learning.Reception;
import io.engram.core.learning.StreamOutcome;
import io.engram.core.learning.StreamSettings;
import io.engram.core.learning.StreamState;
import io.engram.core.learning.stream.StreamLearning;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.engine.fused.FusedEngine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Two new classes every sixty tasks, and the old ones never again: the past grows, and with it what there is to confuse. The score of a version falls
 * although it forgot nothing; against the best before it on the same examples it does not, unless the learner protects nothing.
 */
class GrowingStreamTest {

  private static final int CLASSES = 12;
  private static final int TASKS_OF_A_PAIR = 60;
  private static final int TASKS = CLASSES / 2 * TASKS_OF_A_PAIR;
  private static final int HALF_A_TASK = 10;
  private static final int TASKS_OF_A_VERSION = 20;
  private static final double TOLERANCE = 0.05;

  /** A turn of the stream may cost a version; it must not cost those after it. */
  @Test
  void whatForgetsLittleIsHardlyEverWorseThanTheBestBefore() {
    List<Examination> versions =
        examine(
            new ConsolidatingReplay.Settings(
                new ConsolidatingReplay.Batch(10, 5, 30),
                new ConsolidatingReplay.Step(0.2f, 5f, 3f),
                0.7f,
                new Teacher(0.45f, 2f, 0.005f),
                200));
    assertThat(forgot(last(versions))).isFalse();
    assertThat(versions.stream().filter(GrowingStreamTest::forgot).count())
        .as("of %d versions", versions.size())
        .isLessThanOrEqualTo(versions.size() / 8);
    double champion = 0;
    for (Examination version : versions) {
      champion = version.score() < champion - TOLERANCE ? champion : version.score();
    }
    assertThat(last(versions).score())
        .as("against what a champion of smaller times has stated, none would have come through")
        .isLessThan(champion - TOLERANCE);
  }

  @Test
  void whatProtectsNothingIsFoundOut() {
    assertThat(examine(new OnlineSgd.Settings(10, 0.1f, 5))).anyMatch(GrowingStreamTest::forgot);
  }

  private static boolean forgot(Examination version) {
    return version.score() < version.before() - TOLERANCE;
  }

  private static Examination last(List<Examination> versions) {
    return versions.get(versions.size() - 1);
  }

  /** Those that have a score. */
  private static List<Examination> examine(DurableSettings settings) {
    NetworkSpec network =
        NetworkSpec.parse(
            "input(%d) dense(64) relu dense(64) relu dense(%d) softmax"
                .formatted(CLASSES, CLASSES));
    StreamSettings all =
        new StreamSettings(
            new Basics(network, 1, false, TASKS_OF_A_VERSION, true, false, 50),
            settings,
            new HoldOut(0.05, 200));
    LifelongLearner<StreamState, StreamOutcome> learner =
        StreamLearning.learner(
            all, new FusedEngine(1).compileStream(network), StreamState.initial(all));
    List<Examination> versions = new ArrayList<>();
    for (int i = 0; i < TASKS; i++) {
      if (learner.show(task(i), new LogPosition(0, (long) i), 100)
          instanceof Reception.GroupComplete) {
        learner.apply(learner.decide());
        learner.examine();
        versions.add(learner.state().examination());
      }
    }
    versions.removeIf(it -> Double.isNaN(it.score()));
    return versions;
  }

  private static Task task(int number) {
    RandomStream random = new RandomStream(number);
    int first = 2 * (number / TASKS_OF_A_PAIR);
    return new Task(
        "t" + number,
        "grows",
        List.of("c" + first, "c" + (first + 1)),
        examples(first, random),
        examples(first, random),
        number);
  }

  /** A class is a bump of its own, and a smaller one where another class, perhaps one to come, has its. */
  private static ExampleSet examples(int first, RandomStream random) {
    float[] inputs = new float[HALF_A_TASK * CLASSES];
    int[] labels = new int[HALF_A_TASK];
    for (int i = 0; i < HALF_A_TASK; i++) {
      labels[i] = random.nextInt(2);
      int label = first + labels[i];
      for (int j = 0; j < CLASSES; j++) {
        inputs[i * CLASSES + j] = (float) (0.3 * random.nextGaussian());
      }
      inputs[i * CLASSES + label] += 1.5f;
      inputs[i * CLASSES + (label * 7 + 3) % CLASSES] += 0.9f;
    }
    return new ExampleSet(CLASSES, inputs, new Targets.Classes(2, labels));
  }
}
