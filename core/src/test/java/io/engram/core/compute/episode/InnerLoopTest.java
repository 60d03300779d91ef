package io.engram.core.compute.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.compute.episode.InnerLoop.Batching;
import io.engram.core.compute.episode.InnerLoop.Scope;
import io.engram.core.compute.episode.InnerOptimizer.Sgd;
import io.engram.core.compute.episode.StepSizes.PerTensorPerStep;
import org.junit.jupiter.api.Test;

class InnerLoopTest {

  private static final float[] FIRST = {0.1f};
  private static final float[] SECOND = {0.2f};

  private static InnerLoop loop(int steps, float[]... rows) {
    return new InnerLoop(
        steps, new Sgd(new PerTensorPerStep(rows)), new Batching.Full(), Scope.ALL);
  }

  @Test
  void stepsBeyondThoseLearnedTakeTheLastSizes() {
    InnerLoop longer = loop(2, FIRST, SECOND).withSteps(4);
    PerTensorPerStep sizes = (PerTensorPerStep) ((Sgd) longer.optimizer()).stepSizes();
    assertThat(longer.steps()).isEqualTo(4);
    assertThat(sizes.values()).isDeepEqualTo(new float[][] {FIRST, SECOND, SECOND, SECOND});
  }

  @Test
  void fewerStepsTakeTheFirstSizes() {
    InnerLoop shorter = loop(2, FIRST, SECOND).withSteps(1);
    PerTensorPerStep sizes = (PerTensorPerStep) ((Sgd) shorter.optimizer()).stepSizes();
    assertThat(shorter.steps()).isEqualTo(1);
    assertThat(sizes.values()[0]).isSameAs(FIRST);
  }

  @Test
  void aTableWithTooFewRowsIsRefused() {
    assertThatThrownBy(() -> loop(2, FIRST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 inner steps need 2 rows of step sizes, found 1");
  }
}
