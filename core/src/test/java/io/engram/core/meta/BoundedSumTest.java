package io.engram.core.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.testing.LinearProgram;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class BoundedSumTest {

  private static final double STEP = 0.01;
  private static final double FARTHEST = 10;
  private static final MetaSettings SETTINGS =
      new MetaSettings(
          MetaRule.FIRST_ORDER,
          InnerLoop.sgd(1, 0.01f),
          InnerSteps.FIXED,
          new OuterOptimizer.Sgd(new Schedule.Constant(STEP)),
          new OuterOptimizer.Sgd(new Schedule.Constant(STEP)),
          0);

  @Example
  void ordinaryStepsAreTheEnginesToTheBit() {
    MetaState bounded = state();
    MetaState free = state();
    MetaTrainer guarded = new MetaTrainer(new LinearProgram(), SETTINGS, FARTHEST);
    MetaTrainer plain = new MetaTrainer(new LinearProgram(), SETTINGS);
    for (int i = 0; i < 200; i++) {
      assertThat(guarded.step(bounded, batch(i)).shortened()).isZero();
      plain.step(free, batch(i));
      assertThat(bounded.theta()).containsExactly(free.theta());
    }
  }

  /** Whatever an episode's labels are, θ moves by ten usual steps at most. */
  @Property(tries = 300)
  void noEpisodeMovesThetaFar(@ForAll float label, @ForAll float input) {
    MetaState state = state();
    MetaTrainer trainer = new MetaTrainer(new LinearProgram(), SETTINGS, FARTHEST);
    for (int i = 0; i < 40; i++) {
      trainer.step(state, batch(i));
    }
    double usual = state.lengths().parameters().median();
    float[] before = state.theta().clone();
    List<Episode> batch = new ArrayList<>(batch(41));
    batch.add(episode(new float[] {input, 1, input}, new float[] {label, label, -label}));
    trainer.step(state, batch);
    assertThat(Math.hypot(state.theta()[0] - before[0], state.theta()[1] - before[1]))
        .isLessThanOrEqualTo(STEP * FARTHEST * usual * 1.001 + 1e-6);
    assertThat(state.finite()).isTrue();
  }

  @Example
  void theOthersOfItsBatchTeachAsBefore() {
    MetaState state = state();
    MetaTrainer trainer = new MetaTrainer(new LinearProgram(), SETTINGS, FARTHEST);
    for (int i = 0; i < 300; i++) {
      List<Episode> batch = new ArrayList<>(batch(i));
      if (i > 40 && i % 3 == 0) {
        batch.add(episode(new float[] {1e4f, -1e4f, 1e4f}, new float[] {-1e4f, 1e4f, -1e4f}));
      }
      MetaStep step = trainer.step(state, batch);
      assertThat(step.shortened()).isEqualTo(batch.size() - 4);
    }
    assertThat(state.lengths().parameters().median()).isLessThan(20);
  }

  private static MetaState state() {
    return new MetaState(new float[2], new Moments(2), new float[0], new Moments(0), 0);
  }

  private static List<Episode> batch(int number) {
    List<Episode> batch = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RandomStream random = new RandomStream(10L * number + i);
      float[] x = new float[5];
      float[] y = new float[5];
      for (int j = 0; j < x.length; j++) {
        x[j] = (float) random.nextGaussian();
        y[j] = 3 * x[j] + (float) random.nextGaussian();
      }
      batch.add(episode(x, y));
    }
    return batch;
  }

  private static Episode episode(float[] x, float[] y) {
    ExampleSet set = new ExampleSet(1, x, new Targets.Values(1, y));
    return new Episode(set, set, 0);
  }
}
