package io.engram.engine.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.MetaState;
import io.engram.core.meta.MetaStep;
import io.engram.core.meta.MetaTrainer;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.ResidentTrainer;
import io.engram.core.meta.Schedule;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.engine.cuda.device.ShimDevice;
import io.engram.engine.cuda.device.Sources;
import io.engram.engine.reference.Problems;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Outer steps on the card are those of the trainer that goes by way of the host. */
class TrainerTest {

  private static final NetworkSpec NETWORK = NetworkSpec.parse(Problems.WIDE);

  @BeforeAll
  static void compilerIsHere() {
    Assumptions.assumeTrue(
        Sources.canPlayACard(),
        "no g++ here, or no sources: the kernels are not run without a card");
  }

  @Test
  void adamGoesTheSameWay() {
    assertSameWay(
        settings(
            OuterOptimizer.Adam.standard(new Schedule.Linear(0.01, 0.001, 5)),
            MetaRule.SECOND_ORDER,
            0));
  }

  @Test
  void descentWithAnUpperBoundGoesTheSameWay() {
    assertSameWay(
        settings(new OuterOptimizer.Sgd(new Schedule.Constant(0.1)), MetaRule.FIRST_ORDER, 0.05));
  }

  @Test
  void aBatchWithoutAHealthyEpisodeMovesNothing() {
    MetaSettings settings =
        settings(OuterOptimizer.Adam.standard(new Schedule.Constant(0.01)), MetaRule.REPTILE, 0);
    List<Episode> sick = new ArrayList<>();
    for (Episode episode : Problems.episodes(NETWORK, 3, 5, 4)) {
      sick.add(Problems.scaled(episode, Float.NaN));
    }
    MetaState start = state(settings);
    MetaState reached = start.copy();
    try (CudaProgram program = program();
        ResidentTrainer trainer = program.trainer(settings, start, sick)) {
      trainer.step(sick);
      MetaStep step = trainer.await();
      assertThat(step.contributing()).isZero();
      trainer.store(reached);
    }
    assertThat(reached.theta()).isEqualTo(start.theta());
    assertThat(reached.moments().steps()).isZero();
    assertThat(reached.updates()).isEqualTo(1);
  }

  @Test
  void episodesOfAnotherShapeAreRefused() {
    MetaSettings settings =
        settings(OuterOptimizer.Adam.standard(new Schedule.Constant(0.01)), MetaRule.REPTILE, 0);
    try (CudaProgram program = program();
        ResidentTrainer trainer =
            program.trainer(settings, state(settings), Problems.episodes(NETWORK, 3, 5, 4))) {
      assertThatThrownBy(() -> trainer.step(Problems.episodes(NETWORK, 3, 6, 4)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("support=5")
          .hasMessageContaining("support=6");
    }
  }

  @Test
  void allMemoryIsGivenBack() {
    ShimDevice device = ShimDevice.open();
    MetaSettings settings =
        settings(
            OuterOptimizer.Adam.standard(new Schedule.Constant(0.01)), MetaRule.SECOND_ORDER, 0);
    try (CudaProgram program = new CudaProgram(device, NETWORK, Arithmetic.SPLIT)) {
      int before = -1;
      for (int i = 0; i < 3; i++) {
        try (ResidentTrainer trainer =
            program.trainer(settings, state(settings), Problems.episodes(NETWORK, 3, 5, 4))) {
          trainer.step(Problems.episodes(NETWORK, 3, 5, 4));
          trainer.await();
        }
        assertThat(before < 0 || before == device.allocations()).isTrue();
        before = device.allocations();
      }
    }
  }

  private static void assertSameWay(MetaSettings settings) {
    MetaState expected = state(settings);
    MetaState found = state(settings);
    try (CudaProgram program = program()) {
      MetaTrainer host = new MetaTrainer(program, settings);
      for (int i = 0; i < 6; i++) {
        host.step(expected, batch(i));
      }
      // The last batch comes twice.
      MetaStep last = host.step(expected, batch(5));
      try (ResidentTrainer trainer = program.trainer(settings, state(settings), batch(0))) {
        for (int i = 0; i < 6; i++) {
          trainer.step(batch(i));
        }
        trainer.repeat();
        MetaStep step = trainer.await();
        assertThat(step.contributing()).isEqualTo(last.contributing());
        assertThat(step.loss()).isCloseTo(last.loss(), within(1e-4));
        trainer.store(found);
      }
    }
    assertThat(found.updates()).isEqualTo(7);
    assertThat(found.moments().steps()).isEqualTo(expected.moments().steps());
    for (int i = 0; i < found.theta().length; i++) {
      assertThat(found.theta()[i]).isCloseTo(expected.theta()[i], within(2e-5f));
    }
  }

  private static List<Episode> batch(int i) {
    return List.of(
        Problems.episode(NETWORK, 5, 4, 3, 100 + i), Problems.episode(NETWORK, 5, 4, 3, 200 + i));
  }

  private static MetaSettings settings(OuterOptimizer outer, MetaRule rule, double clip) {
    return new MetaSettings(rule, InnerLoop.sgd(2, 0.05f), InnerSteps.FIXED, outer, outer, clip);
  }

  private static MetaState state(MetaSettings settings) {
    return MetaState.initial(Problems.theta(NETWORK, 7), NETWORK.layout(), settings);
  }

  private static CudaProgram program() {
    return new CudaProgram(ShimDevice.open(), NETWORK, Arithmetic.SPLIT);
  }
}
