package io.engram.core.meta;

import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.compute.episode.Capabilities.Feature;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerOptimizer.Adam;
import io.engram.core.compute.episode.InnerOptimizer.AdamMoments;
import io.engram.core.compute.episode.InnerOptimizer.ClosedForm;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.task.Episode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The outer loop, one step at a time: {@code θ ← outer(θ, mean of the episodes' contributions)} (MAML, algorithm 1; Reptile,
 * algorithm 2). Owned by one thread; allocates nothing per step but what is asked of the program and the view of learned step sizes.
 */
public final class MetaTrainer {

  private final MetaProgram program;
  private final MetaSettings settings;
  private final MetaGradient gradient;
  private final @Nullable Moments carried;
  private final float[] stepWeights;
  private final @Nullable BoundedSum bounded;
  private final int tensors;

  /**
   * @throws UnsupportedNetworkException if the program cannot run this algorithm
   */
  public MetaTrainer(MetaProgram program, MetaSettings settings) {
    this(program, settings, null, 0);
  }

  /**
   * A trainer that lets no episode move θ far.
   *
   * @param farthest what an episode may contribute, in usual lengths of a step; 0 for no limit
   * @throws UnsupportedNetworkException if the program cannot run this algorithm
   */
  public MetaTrainer(MetaProgram program, MetaSettings settings, double farthest) {
    this(program, settings, null, farthest);
  }

  /**
   * A trainer whose inner Adam does not begin each episode anew but goes on from the episodes before it, as in Reptile's published
   * code.
   *
   * @param carried [parameters] Adam's moments in the inner loop, moved at each step; null to begin each episode with those of the
   *     settings
   * @throws UnsupportedNetworkException if the program cannot run this algorithm
   * @throws IllegalArgumentException if there is something to carry but the inner loop is not Adam
   */
  public MetaTrainer(MetaProgram program, MetaSettings settings, @Nullable Moments carried) {
    this(program, settings, carried, 0);
  }

  private MetaTrainer(
      MetaProgram program, MetaSettings settings, @Nullable Moments carried, double farthest) {
    if (carried != null && !(settings.inner().optimizer() instanceof Adam)) {
      throw new IllegalArgumentException(
          "only Adam has moments to carry from episode to episode; the inner loop is "
              + settings.inner());
    }
    requireRunnable(program, settings);
    this.program = program;
    this.settings = settings;
    this.carried = carried;
    this.stepWeights = new float[settings.inner().steps()];
    this.tensors = program.layout().tensors().size();
    int parameters = program.layout().length();
    this.gradient =
        switch (settings.learned()) {
          case FIXED ->
              carried == null ? MetaGradient.of(parameters) : MetaGradient.withMoments(parameters);
          case PER_PARAMETER -> MetaGradient.withStepSizes(parameters, parameters);
          case PER_TENSOR_PER_STEP ->
              MetaGradient.withStepSizes(parameters, settings.inner().steps() * tensors);
        };
    this.bounded = farthest == 0 ? null : new BoundedSum(program, gradient, farthest);
  }

  /**
   * Asks a program whether it can run an algorithm, before anything is learned with it.
   *
   * @throws UnsupportedNetworkException if it cannot
   */
  public static void requireRunnable(MetaProgram program, MetaSettings settings) {
    if (settings.inner().optimizer() instanceof ClosedForm closed) {
      Optional<String> misfit = closed.fit().misfit(program.network());
      if (misfit.isPresent()) {
        throw new UnsupportedNetworkException(misfit.get());
      }
    }
    if (!program.capabilities().runs(settings.inner(), settings.rule())) {
      throw new UnsupportedNetworkException(
          "the compute engine cannot run rule %s with inner loop %s on network %s; choose another algorithm or engine"
              .formatted(settings.rule(), settings.inner(), program.network()));
    }
    if (settings.annealing().multiStepLoss() > 0
        && !program.capabilities().offers(Feature.MULTI_STEP_LOSS)) {
      throw new UnsupportedNetworkException(
          "the compute engine cannot weigh the losses after several inner steps; choose another"
              + " engine or no multi-step loss");
    }
  }

  /** Takes one outer step on {@code episodes}, moving {@code state}. */
  public MetaStep step(MetaState state, List<Episode> episodes) {
    return step(state, episodes, () -> {});
  }

  /**
   * The same.
   *
   * @param computed called when the engine has given the meta-gradient, before θ is moved
   */
  public MetaStep step(MetaState state, List<Episode> episodes, Runnable computed) {
    InnerLoop loop = goingOn(state.innerLoop(settings, tensors));
    MetaObjective objective = objective(state, loop);
    program.metaGradient(state.theta(), episodes, objective, gradient);
    Set<Integer> leftOut = leftOut(episodes.size());
    int shortened = bounded == null ? 0 : bounded.within(state, episodes, objective);
    computed.run();
    if (gradient.contributing() > 0) {
      clip(gradient.parameters());
      settings.outer().step(state.theta(), gradient.parameters(), state.moments(), state.updates());
      moveStepSizes(state);
      carry(gradient.moments());
    }
    state.advance();
    return new MetaStep(
        meanLoss(episodes.size()), gradient.contributing(), episodes.size(), leftOut, shortened);
  }

  private Set<Integer> leftOut(int episodes) {
    Set<Integer> leftOut = new HashSet<>();
    for (int i = 0; i < episodes; i++) {
      if (!gradient.finite(i)) {
        leftOut.add(i);
      }
    }
    return leftOut;
  }

  private MetaObjective objective(MetaState state, InnerLoop loop) {
    Annealing annealing = settings.annealing();
    MetaRule rule = annealing.rule(settings.rule(), state.updates());
    float[] weights = annealing.weights(state.updates(), stepWeights);
    return new MetaObjective(loop, rule, weights);
  }

  /** The loop, beginning with the carried moments. */
  private InnerLoop goingOn(InnerLoop loop) {
    if (carried == null || !(loop.optimizer() instanceof Adam adam)) {
      return loop;
    }
    AdamMoments start = new AdamMoments(carried.first(), carried.second(), carried.steps());
    return new InnerLoop(
        loop.steps(),
        new Adam(adam.stepSize(), adam.beta1(), adam.beta2(), adam.epsilon(), start),
        loop.batching(),
        loop.scope());
  }

  private void carry(@Nullable AdamMoments after) {
    if (carried != null && after != null) {
      carried.set(after.first(), after.second(), after.steps());
    }
  }

  private void moveStepSizes(MetaState state) {
    float[] direction = gradient.stepSizes();
    if (direction != null) {
      settings
          .outerForSteps()
          .step(state.stepSizes(), direction, state.stepSizeMoments(), state.updates());
    }
  }

  private void clip(float[] direction) {
    if (settings.clip() == 0) {
      return;
    }
    double sum = 0;
    for (float g : direction) {
      sum += (double) g * g;
    }
    double norm = Math.sqrt(sum);
    if (norm > settings.clip()) {
      float scale = (float) (settings.clip() / norm);
      for (int i = 0; i < direction.length; i++) {
        direction[i] *= scale;
      }
    }
  }

  private double meanLoss(int episodes) {
    double sum = 0;
    for (int i = 0; i < episodes; i++) {
      sum += gradient.finite(i) ? gradient.queryLoss(i) : 0;
    }
    return gradient.contributing() == 0 ? Double.NaN : sum / gradient.contributing();
  }
}
