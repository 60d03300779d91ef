package io.engram.core.meta;

import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.task.Episode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that no episode contributes more than a few usual steps. As long as a batch's gradient is no longer than that, nothing is done:
 * its bits are the engine's. A longer one is computed again, episode by episode, and each that is too long is shortened before the mean is
 * taken, in the order of the batch.
 *
 * <pre>g = (1/n)·Σᵢ gᵢ·min(1, b·ν/‖gᵢ‖)        ν the usual length, b the bound</pre>
 */
final class BoundedSum {

  private final MetaProgram program;
  private final MetaGradient sum;
  private final MetaGradient single;
  private final double farthest;

  /**
   * @param sum what is bounded
   * @param farthest b
   */
  BoundedSum(MetaProgram program, MetaGradient sum, double farthest) {
    this.program = program;
    this.sum = sum;
    int parameters = sum.parameters().length;
    float[] stepSizes = sum.stepSizes();
    this.single =
        stepSizes == null
            ? MetaGradient.of(parameters)
            : MetaGradient.withStepSizes(parameters, stepSizes.length);
    this.farthest = farthest;
  }

  /**
   * Bounds the gradient of a batch, and notes how long it is.
   *
   * @return how many episodes were shortened
   */
  int within(MetaState state, List<Episode> episodes, MetaObjective objective) {
    if (sum.contributing() == 0) {
      return 0;
    }
    double most = farthest * state.lengths().parameters().median();
    double mostOfStepSizes = farthest * state.lengths().stepSizes().median();
    double parameters = length(sum.parameters());
    double stepSizes = length(sum.stepSizes());
    int shortened = 0;
    if (tooLong(parameters, most) || tooLong(stepSizes, mostOfStepSizes)) {
      shortened = again(state, episodes, objective, most, mostOfStepSizes);
      parameters = length(sum.parameters());
      stepSizes = length(sum.stepSizes());
    }
    state.lengths().parameters().add(parameters);
    if (sum.stepSizes() != null) {
      state.lengths().stepSizes().add(stepSizes);
    }
    return shortened;
  }

  /** Nothing is longer than a usual length of 0, which is that of something that does not learn. */
  private static boolean tooLong(double length, double most) {
    return most > 0 ? length > most || !Double.isFinite(length) : !Double.isFinite(length);
  }

  private int again(
      MetaState state,
      List<Episode> episodes,
      MetaObjective objective,
      double most,
      double mostOfStepSizes) {
    double[] parameters = new double[sum.parameters().length];
    float[] alpha = sum.stepSizes();
    double[] stepSizes = new double[alpha == null ? 0 : alpha.length];
    int shortened = 0;
    int counted = 0;
    for (int i = 0; i < episodes.size(); i++) {
      if (!sum.finite(i)) {
        continue;
      }
      program.metaGradient(state.theta(), List.of(episodes.get(i)), objective, single);
      double share =
          Math.min(
              share(length(single.parameters()), most),
              share(length(single.stepSizes()), mostOfStepSizes));
      shortened += share < 1 ? 1 : 0;
      counted++;
      add(parameters, share, single.parameters());
      add(stepSizes, share, single.stepSizes());
    }
    mean(parameters, counted, sum.parameters());
    mean(stepSizes, counted, alpha);
    return shortened;
  }

  /** What a contribution is to be multiplied by; one that overflows is nothing. */
  private static double share(double length, double most) {
    if (!Double.isFinite(length)) {
      return 0;
    }
    return most > 0 && length > most ? most / length : 1;
  }

  private static void add(double[] to, double share, float @Nullable [] what) {
    for (int i = 0; what != null && share > 0 && i < to.length; i++) {
      to[i] += share * what[i];
    }
  }

  private static void mean(double[] total, int count, float @Nullable [] into) {
    for (int i = 0; into != null && i < total.length; i++) {
      into[i] = count == 0 ? 0 : (float) (total[i] / count);
    }
  }

  private static double length(float @Nullable [] gradient) {
    double squares = 0;
    for (int i = 0; gradient != null && i < gradient.length; i++) {
      squares += (double) gradient[i] * gradient[i];
    }
    return Math.sqrt(squares);
  }
}
