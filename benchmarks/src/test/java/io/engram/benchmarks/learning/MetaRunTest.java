package io.engram.benchmarks.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.benchmarks.learning.MetaRun.Trained;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.Schedule;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.engine.fused.FusedEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetaRunTest {

  private static final NetworkSpec NETWORK =
      NetworkSpec.parse("input(2) dense(5) tanh dense(1) mse");

  private final Path checkpoint;

  MetaRunTest(@TempDir Path directory) {
    this.checkpoint = directory.resolve("deep").resolve("run.checkpoint");
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void anInterruptedRunComesOutAsIfItHadNotBeen() {
    Trained whole = new MetaRun(plan(30), program(), this::batch, null, 7, line -> {}).train();

    assertThatThrownBy(
            () ->
                new MetaRun(plan(30), program(), this::upToStep20, checkpoint, 7, line -> {})
                    .train())
        .isInstanceOf(Killed.class);
    Trained resumed =
        new MetaRun(plan(30), program(), this::from14On, checkpoint, 7, line -> {}).train();

    assertThat(resumed.state().theta()).isEqualTo(whole.state().theta());
    assertThat(resumed.carried().second()).isEqualTo(whole.carried().second());
    assertThat(resumed.carried().steps()).isEqualTo(30L * 2 * 3);
  }

  @Test
  void aCheckpointOfAnotherRunIsRefused() {
    new MetaRun(plan(3), program(), this::batch, checkpoint, 1, line -> {}).train();
    assertThatThrownBy(
            () -> new MetaRun(plan(4), program(), this::batch, checkpoint, 1, line -> {}).train())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(checkpoint.toString())
        .hasMessageContaining("--state");
  }

  private List<Episode> upToStep20(long step) {
    if (step > 20) {
      throw new Killed();
    }
    return batch(step);
  }

  private List<Episode> from14On(long step) {
    assertThat(step).isGreaterThanOrEqualTo(14);
    return batch(step);
  }

  private List<Episode> batch(long step) {
    return Stream.of(0, 1).map(i -> new Episode(set(step, i), set(step, i + 2), step)).toList();
  }

  private static ExampleSet set(long step, int i) {
    RandomStream random = new RandomStream(100 * step + i);
    float[] inputs = new float[12];
    float[] values = new float[6];
    for (int j = 0; j < inputs.length; j++) {
      inputs[j] = (float) random.nextGaussian();
      values[j / 2] += inputs[j];
    }
    return new ExampleSet(2, inputs, new Targets.Values(1, values));
  }

  private static MetaProgram program() {
    return new FusedEngine(1).compile(NETWORK);
  }

  private static TrainingPlan plan(long steps) {
    InnerLoop loop =
        new InnerLoop(
            3,
            new InnerOptimizer.Adam(0.01f, 0f, 0.999f, 1e-8f, null),
            new InnerLoop.Batching.Mini(4),
            InnerLoop.Scope.ALL);
    OuterOptimizer outer = new OuterOptimizer.Sgd(new Schedule.Linear(1, 0, steps));
    return new TrainingPlan(
        "test",
        "small sums",
        NETWORK,
        false,
        new MetaSettings(MetaRule.REPTILE, loop, InnerSteps.FIXED, outer, outer, 0),
        true,
        new TrainingPlan.Length(2, steps),
        5);
  }
}
