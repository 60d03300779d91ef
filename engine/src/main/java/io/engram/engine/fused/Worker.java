package io.engram.engine.fused;

import io.engram.core.compute.episode.HeadFit;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.task.Episode;
import org.jspecify.annotations.Nullable;

/** Everything one thread needs to work on one episode at a time. */
record Worker(
    Trajectory trajectory,
    OuterGradient outer,
    HeadLearner head,
    Predictor predictor,
    FiniteCheck check)
    implements AutoCloseable {

  static Worker of(Circuit circuit, long passBytes) {
    Trajectory trajectory = new Trajectory(circuit, passBytes);
    return new Worker(
        trajectory,
        new OuterGradient(circuit, trajectory),
        new HeadLearner(circuit),
        new Predictor(circuit),
        new FiniteCheck());
  }

  /**
   * Writes φ of an episode.
   *
   * @param phi [trainable parameters] in the engine's order
   */
  void adapt(Recipe recipe, Episode episode, float[] phi) {
    HeadFit fit = recipe.headFit();
    if (fit != null) {
      head.adapt(fit, recipe, episode, phi);
      return;
    }
    trajectory.run(recipe, episode, false, false, true);
    trajectory.last(recipe).store(phi);
  }

  /**
   * Writes an episode's contribution.
   *
   * @param theta [trainable parameters] its ∂θ, in the engine's order
   * @param alpha its ∂α, zero before, in the port's order; or null
   * @return the episode's loss before its contribution is used
   */
  double contribute(
      Recipe recipe, Episode episode, MetaRule rule, float[] theta, float @Nullable [] alpha) {
    HeadFit fit = recipe.headFit();
    return fit != null
        ? head.contribute(fit, recipe, episode, theta)
        : outer.contribute(recipe, episode, rule, theta, alpha);
  }

  @Override
  public void close() {
    trajectory.close();
    outer.close();
    head.close();
    predictor.close();
  }
}
