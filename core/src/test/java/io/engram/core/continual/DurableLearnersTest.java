package io.engram.core.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.compute.stream.SparseInput;
import io.engram.core.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Put down after any batch and taken up by another instance, a learner goes on to the same bits. */
class DurableLearnersTest {

  private static final int INPUTS = 5;
  private static final int CLASSES = 3;
  private static final int BATCHES = 60;

  static Stream<DurableSettings> durable() {
    return LearnersLearnTest.all(3).stream()
        .filter(DurableSettings.class::isInstance)
        .map(DurableSettings.class::cast);
  }

  @ParameterizedTest
  @MethodSource("durable")
  void takenUpAgainItGoesOnBitForBit(DurableSettings settings) {
    DurableLearner whole = start(settings, new float[(INPUTS + 1) * CLASSES]);
    DurableLearner pieces = start(settings, new float[(INPUTS + 1) * CLASSES]);
    RandomStream places = new RandomStream(9);
    for (int batch = 0; batch < BATCHES; batch++) {
      whole.learn(batch(batch));
      pieces.learn(batch(batch));
      if (places.nextInt(4) == 0) {
        DurableLearner next = start(settings, theta(pieces));
        next.resume(pieces.state());
        pieces = next;
      }
      assertThat(theta(pieces)).as("batch %d", batch).containsExactly(theta(whole));
    }
    assertThat(pieces.state().counts()).isEqualTo(whole.state().counts());
    whole
        .state()
        .vectors()
        .forEach(
            (name, v) -> assertThat(restored(settings, whole).vector(name)).containsExactly(v));
  }

  @ParameterizedTest
  @MethodSource("durable")
  void aStateIsASnapshotThatLaterLearningDoesNotChange(DurableSettings settings) {
    DurableLearner learner = start(settings, new float[(INPUTS + 1) * CLASSES]);
    learner.learn(batch(0));
    float[] theta = theta(learner);
    ContinualState state = learner.state();
    for (int batch = 1; batch < BATCHES; batch++) {
      learner.learn(batch(batch));
    }
    float[] end = theta(learner);
    DurableLearner again = start(settings, theta);
    again.resume(state);
    for (int batch = 1; batch < BATCHES; batch++) {
      again.learn(batch(batch));
    }
    assertThat(theta(again)).containsExactly(end).isNotEqualTo(theta);
  }

  @Test
  void onlyExamplesThatCameSinceAreNew() {
    DurableLearner learner =
        start(new ExperienceReplay.Settings(3, 4, 0.1f, 1, 10), new float[(INPUTS + 1) * CLASSES]);
    for (int batch = 0; batch < BATCHES; batch++) {
      ContinualState before = learner.state();
      learner.learn(batch(batch));
      ContinualState after = learner.state();
      assertThat(after.rememberedSince(after)).isEmpty();
      List<Kept> rebuilt = new ArrayList<>(before.memory());
      after
          .rememberedSince(before)
          .forEach(
              (place, kept) -> {
                if (place < rebuilt.size()) {
                  rebuilt.set(place, kept);
                } else {
                  rebuilt.add(kept);
                }
              });
      assertThat(after.rememberedSince(before)).hasSizeLessThanOrEqualTo(3);
      assertThat(rebuilt).isEqualTo(after.memory());
    }
  }

  @Test
  void theStateOfAnotherKindOfLearnerIsRefused() {
    DurableLearner sgd = start(new OnlineSgd.Settings(3, 0.1f, 1), new float[18]);
    DurableLearner slow =
        start(new ContinualMaml.Settings(3, 0.1f, 2, 0.05f, 0.5f, 1f, 9, false), new float[18]);
    assertThatThrownBy(() -> slow.resume(sgd.state()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'slow'");
  }

  private static DurableLearner start(DurableSettings settings, float[] theta) {
    return settings.start(new LinearStream(INPUTS, CLASSES), theta, 3);
  }

  private static ContinualState restored(DurableSettings settings, DurableLearner learner) {
    DurableLearner again = start(settings, theta(learner));
    again.resume(learner.state());
    return again.state();
  }

  private static float[] theta(DurableLearner learner) {
    float[] theta = new float[(INPUTS + 1) * CLASSES];
    learner.store(theta);
    return theta;
  }

  private static List<StreamExample> batch(int number) {
    RandomStream random = new RandomStream(number);
    List<StreamExample> batch = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      float[] input = new float[INPUTS];
      int label = random.nextInt(CLASSES);
      for (int j = 0; j < INPUTS; j++) {
        input[j] = (float) random.nextGaussian() + (j == label ? 1 : 0);
      }
      batch.add(new StreamExample(SparseInput.of(input), label));
    }
    return batch;
  }
}
