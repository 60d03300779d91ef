package io.engram.model;

import io.engram.core.compute.episode.HeadFit;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.network.Head;
import io.engram.core.network.NetworkSpec;

/** How long adapting a version may take: what stands in a manifest must not make a program compute for ever. */
final class SoundAdaptation {

  static final int MOST_STEPS = 10_000;
  static final int LARGEST_BATCH = 10_000;

  /** Numbers that the batch of one step goes through. */
  private static final double MOST_BATCH_ACTIVATIONS = 1 << 27;

  /** Multiplications of all steps, for one example: half a minute of one core. */
  private static final double MOST_WORK = 1e11;

  private static final double LARGEST_STEP_SIZE = 1e6;

  private static final double MOST_TABLE_NUMBERS = 1 << 28;

  /** A view of a row holds so many numbers for each output at most, roughly. */
  private static final double VIEW_PER_OUTPUT = 20;

  private SoundAdaptation() {}

  /**
   * Looks at the bare numbers of a manifest.
   *
   * @throws IllegalArgumentException if they are beyond all measure
   */
  static void requireNumbers(io.engram.schemas.avro.Adaptation wire) {
    between("inner steps", wire.getSteps(), MOST_STEPS);
    between("examples of a step", wire.getBatchSize(), LARGEST_BATCH);
  }

  /**
   * Looks at what was made of them.
   *
   * @throws IllegalArgumentException if it would take beyond all measure
   */
  static void require(InnerLoop loop, NetworkSpec network) {
    requireStepSizes(loop.optimizer());
    if (loop.optimizer() instanceof InnerOptimizer.ClosedForm closed) {
      requireHead(closed.fit(), network);
    }
    double work = loop.steps() * SoundNetwork.multiplications(network);
    SoundNetwork.require("multiplications to adapt to one example", work, MOST_WORK);
    if (loop.batching() instanceof Batching.Mini mini) {
      SoundNetwork.require(
          "activations of a step",
          mini.size() * SoundNetwork.activations(network),
          MOST_BATCH_ACTIVATIONS);
      SoundNetwork.require("multiplications to adapt", mini.size() * work, 100 * MOST_WORK);
    }
  }

  /**
   * Looks at whether a model of tables of this network can be held.
   *
   * @throws IllegalArgumentException if it cannot
   */
  static void requireTable(NetworkSpec network) {
    double outputs = network.outputs();
    double view = 2.0 * network.input().size() + 1 + VIEW_PER_OUTPUT * outputs;
    SoundNetwork.require("numbers of a model of tables", view * outputs, MOST_TABLE_NUMBERS);
    if (network.head() == Head.SOFTMAX_CROSS_ENTROPY && outputs < 2) {
      throw new IllegalArgumentException("a table has at least 2 classes, found 1");
    }
  }

  private static void requireStepSizes(InnerOptimizer optimizer) {
    if (optimizer instanceof InnerOptimizer.Adam adam) {
      finite(adam.stepSize());
      if (!(adam.epsilon() >= 0 && Float.isFinite(adam.epsilon()))) {
        throw new IllegalArgumentException(
            "Adam needs an epsilon of at least 0, found " + adam.epsilon());
      }
    } else if (optimizer instanceof InnerOptimizer.Sgd sgd
        && sgd.stepSizes() instanceof StepSizes.Uniform uniform) {
      finite(uniform.value());
    }
  }

  private static void requireHead(HeadFit fit, NetworkSpec network) {
    fit.misfit(network)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
  }

  private static void finite(float stepSize) {
    if (!(Math.abs(stepSize) <= LARGEST_STEP_SIZE)) {
      throw new IllegalArgumentException(
          "a step size within ±%.0f expected, found %s".formatted(LARGEST_STEP_SIZE, stepSize));
    }
  }

  private static void between(String what, int found, int most) {
    if (found < 0 || found > most) {
      throw new IllegalArgumentException(
          "0 to %d %s are taken, found %d".formatted(most, what, found));
    }
  }
}
