package io.engram.engine.fused;

import io.engram.core.compute.InnerOptimizer.Adam;
import io.engram.core.task.Episode;
import io.engram.engine.MiniBatches;
import java.util.ArrayList;
import java.util.List;

/**
 * One worker's inner loop: φ₀ = θ, φ₁, …, φ_K on an episode's support set. Keeps only the newest φ, or for second order all
 * of them with their passes.
 */
final class Trajectory implements AutoCloseable {

  private final Circuit circuit;
  private final List<Parameters> points = new ArrayList<>();
  private final List<Parameters> gradients = new ArrayList<>();
  private final List<Batch> batches = new ArrayList<>();
  private final List<Pass> passes = new ArrayList<>();
  private final MiniBatches draw = new MiniBatches();
  private final Descent descent;
  private final AdamDescent adam;
  private final Sink sink;
  private boolean keepPoints;
  private boolean keepGradients;
  private double supportLoss;

  Trajectory(Circuit circuit) {
    this.circuit = circuit;
    this.descent = new Descent(circuit.parameters);
    this.adam = new AdamDescent(circuit.parameters);
    this.sink = new Sink(circuit.parameters.tensorCount());
  }

  /**
   * Runs the inner loop.
   *
   * @param keepAllPoints whether φ_k and the pass at φ_k are wanted for every k afterwards
   * @param keepAllGradients whether ∇L_support(φ_k) is wanted for every k afterwards
   */
  void run(Recipe recipe, Episode episode, boolean keepAllPoints, boolean keepAllGradients) {
    keepPoints = keepAllPoints;
    keepGradients = keepAllGradients;
    supportLoss = Double.NaN;
    point(0).load(recipe.theta());
    if (recipe.optimizer() instanceof Adam) {
      adam.start(recipe);
    }
    if (recipe.batchSize() == 0) {
      batch(0).load(episode.support());
    } else {
      draw.start(episode.support().size(), episode.seed());
    }
    for (int step = 0; step < recipe.steps(); step++) {
      step(recipe, episode, step);
    }
  }

  /** φ_K. */
  Parameters last(Recipe recipe) {
    return point(recipe.steps());
  }

  /** φ_step; all but the last only if points were kept. */
  Parameters point(int step) {
    int i = keepPoints ? step : 0;
    while (points.size() <= i) {
      points.add(new Parameters(circuit.parameters));
    }
    return points.get(i);
  }

  /** ∇L_support(φ_step), if gradients were kept. */
  Parameters gradient(int step) {
    int i = keepGradients ? step : 0;
    while (gradients.size() <= i) {
      gradients.add(new Parameters(circuit.parameters));
    }
    return gradients.get(i);
  }

  /** The pass at φ_step, if points were kept. */
  Pass pass(int step) {
    int i = keepPoints ? step : 0;
    while (passes.size() <= i) {
      passes.add(new Pass(circuit, batch(0)));
    }
    return passes.get(i);
  }

  /** Mean loss of the support batch at the last step, before it; NaN without steps. */
  double supportLoss() {
    return supportLoss;
  }

  private void step(Recipe recipe, Episode episode, int step) {
    Batch batch = batch(0);
    if (recipe.batchSize() > 0) {
      batch = batch(keepPoints ? step : 0);
      batch.loadNext(episode.support(), draw, recipe.batchSize());
    }
    Parameters at = point(step);
    Parameters next = point(step + 1);
    Pass pass = pass(step);
    pass.forward(batch, at);
    if (next != at) {
      next.copyFrom(at);
    }
    if (recipe.scalarSteps() && !keepGradients) {
      sink.addTo(next);
      for (int t = recipe.firstMovingTensor(); t < next.tensorCount(); t++) {
        sink.scale(t, -recipe.stepSize(step, t));
      }
      supportLoss = pass.backward(at, sink, recipe.firstMoving());
      return;
    }
    Parameters gradient = gradient(step);
    supportLoss = pass.backward(at, sink.storeIn(gradient), recipe.firstMoving());
    if (recipe.optimizer() instanceof Adam settings) {
      adam.apply(recipe, settings, step, gradient, next);
    } else {
      descent.apply(recipe, step, gradient, next);
    }
  }

  private Batch batch(int i) {
    while (batches.size() <= i) {
      batches.add(new Batch(circuit));
    }
    return batches.get(i);
  }

  @Override
  public void close() {
    points.forEach(Parameters::close);
    gradients.forEach(Parameters::close);
    batches.forEach(Batch::close);
    passes.forEach(Pass::close);
  }
}
