package io.engram.core.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaRule;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class AnnealingTest {

  @Property
  void weightsSumToOneAndMoveTowardsTheLastStep(
      @ForAll @IntRange(min = 1, max = 20) int steps,
      @ForAll @LongRange(min = 1, max = 10_000) long duration,
      @ForAll @LongRange(min = 0, max = 9_999) long at) {
    Annealing annealing = new Annealing(duration, 0);
    float[] before = annealing.weights(Math.min(at, duration - 1), new float[steps]);
    assertThat(before).isNotNull();
    if (before == null) {
      return;
    }
    float sum = 0;
    for (float weight : before) {
      assertThat(weight).isPositive();
      sum += weight;
    }
    assertThat(sum).isCloseTo(1f, within(1e-5f));
    float[] after = annealing.weights(at + 1, new float[steps]);
    if (after != null) {
      assertThat(after[steps - 1]).isGreaterThanOrEqualTo(before[steps - 1]);
      assertThat(after[0]).isLessThanOrEqualTo(before[0] + (steps == 1 ? 1f : 0f));
    }
  }

  @Test
  void lossesCountAlikeAtFirstAndTheLastAloneInTheEnd() {
    Annealing annealing = new Annealing(100, 0);
    assertThat(annealing.weights(0, new float[4])).containsExactly(0.25f, 0.25f, 0.25f, 0.25f);
    assertThat(annealing.weights(50, new float[4])).containsExactly(0.125f, 0.125f, 0.125f, 0.625f);
    assertThat(annealing.weights(100, new float[4])).isNull();
    assertThat(Annealing.NONE.weights(0, new float[4])).isNull();
  }

  /** The published code: early weights fall by 1/K over the whole time, but not below 0.03/K. */
  @Test
  void earlyLossesKeepALittleUntilTheEnd() {
    float[] weights = new Annealing(1000, 0).weights(999, new float[5]);
    assertThat(weights).isNotNull();
    if (weights != null) {
      assertThat(weights[0]).isCloseTo(0.006f, within(1e-6f));
      assertThat(weights[4]).isCloseTo(0.976f, within(1e-6f));
    }
  }

  @Test
  void firstOrderComesFirst() {
    Annealing annealing = new Annealing(0, 10);
    assertThat(annealing.rule(MetaRule.SECOND_ORDER, 9)).isEqualTo(MetaRule.FIRST_ORDER);
    assertThat(annealing.rule(MetaRule.SECOND_ORDER, 10)).isEqualTo(MetaRule.SECOND_ORDER);
    assertThat(annealing.rule(MetaRule.REPTILE, 0)).isEqualTo(MetaRule.REPTILE);
  }

  @Test
  void whatCannotBeAnnealedIsRefused() {
    assertThatThrownBy(() -> new Annealing(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings(MetaRule.REPTILE, new Annealing(5, 0)))
        .hasMessageContaining("multi-step loss");
    assertThatThrownBy(() -> settings(MetaRule.FIRST_ORDER, new Annealing(0, 5)))
        .hasMessageContaining("second order");
  }

  private static MetaSettings settings(MetaRule rule, Annealing annealing) {
    OuterOptimizer sgd = new OuterOptimizer.Sgd(new Schedule.Constant(1));
    return new MetaSettings(rule, InnerLoop.sgd(2, 0.1f), InnerSteps.FIXED, sgd, sgd, 0, annealing);
  }
}
