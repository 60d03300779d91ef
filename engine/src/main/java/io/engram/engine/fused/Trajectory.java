package io.engram.engine.fused;

import io.engram.core.compute.episode.InnerOptimizer.Adam;
import io.engram.core.task.Episode;
import io.engram.engine.MiniBatches;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One worker's inner loop: φ₀ = θ, φ₁, …, φ_K on an episode's support set. Keeps only the newest φ, or for second order all
 * of them with their passes, or where those are too large without (checkpointing: the bits are the same, the time is not).
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
  private final @Nullable DualLayer firstLayer;
  private @Nullable DualLayer dual;
  private final long passBytes;
  private final Parameters spare;
  private boolean keepPoints;
  private boolean keepPasses;
  private boolean keepGradients;
  private double supportLoss;

  /**
   * For one worker.
   *
   * @param passBytes room for passes that are kept; if they need more, they are computed again when they are wanted
   */
  Trajectory(Circuit circuit, long passBytes) {
    this.circuit = circuit;
    this.passBytes = passBytes;
    this.spare = new Parameters(circuit.parameters);
    this.descent = new Descent(circuit.parameters);
    this.adam = new AdamDescent(circuit.parameters);
    this.sink = new Sink(circuit.parameters.tensorCount());
    this.firstLayer = circuit.operation(0) instanceof Dense dense ? new DualLayer(dense) : null;
  }

  /**
   * Runs the inner loop.
   *
   * @param keepAllPoints whether φ_k and the pass at φ_k are wanted for every k afterwards
   * @param keepAllGradients whether ∇L_support(φ_k) is wanted for every k afterwards
   * @param mayBeDual whether the first layer's weights may be missing from all of them but φ_K
   */
  void run(
      Recipe recipe,
      Episode episode,
      boolean keepAllPoints,
      boolean keepAllGradients,
      boolean mayBeDual) {
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
    dual = mayBeDual ? dualLayer(recipe) : null;
    if (dual != null) {
      dual.start(batch(0), point(0));
    }
    keepPasses = keepPoints;
    for (int step = 0; step < recipe.steps(); step++) {
      step(recipe, episode, step);
      keepPasses &= dual != null || pass(0).bytes() <= passBytes / recipe.steps();
    }
    if (dual != null) {
      finish(dual, recipe);
    }
  }

  /** The first layer, if it is dense, moves, sees the same examples at every step, and is better off in dual form. */
  private @Nullable DualLayer dualLayer(Recipe recipe) {
    boolean pays =
        firstLayer != null
            && recipe.firstMoving() == 0
            && recipe.batchSize() == 0
            && recipe.scalarSteps()
            && firstLayer.pays(batch(0).size(), recipe.steps());
    return pays ? firstLayer : null;
  }

  private void finish(DualLayer layer, Recipe recipe) {
    Parameters last = last(recipe);
    if (keepPoints) {
      last.tensor(layer.tensor()).copyFrom(point(0).tensor(layer.tensor()));
    }
    layer.finish(last);
  }

  /** The first layer, if the last run kept it in dual form. */
  @Nullable DualLayer dual() {
    return dual;
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

  /** The pass at φ_step, if points were kept; valid until the next call. */
  Pass revisit(Recipe recipe, int step) {
    Pass pass = pass(step);
    if (!keepPasses) {
      Parameters at = point(step);
      pass.forward(batch(recipe.batchSize() > 0 ? step : 0), at);
      pass.backward(at, sink.storeIn(spare), recipe.firstMoving());
    }
    return pass;
  }

  private Pass pass(int step) {
    int i = keepPasses ? step : 0;
    while (passes.size() <= i) {
      passes.add(new Pass(circuit, batch(0)));
    }
    return passes.get(i);
  }

  /** Adam's moments after the last step. */
  void storeMoments(float[] first, float[] second) {
    adam.store(first, second);
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
    forward(recipe, step, pass, batch, at);
    int firstTensor = dual == null ? recipe.firstMovingTensor() : dual.tensor() + 1;
    if (next != at) {
      next.copyFrom(at, dual == null ? 0 : firstTensor);
    }
    if (recipe.scalarSteps() && !keepGradients) {
      sink.addTo(next);
      for (int t = firstTensor; t < next.tensorCount(); t++) {
        sink.scale(t, -recipe.stepSize(step, t));
      }
      supportLoss = backward(recipe, step, pass, at);
      return;
    }
    Parameters gradient = gradient(step);
    sink.storeIn(gradient);
    supportLoss = backward(recipe, step, pass, at);
    if (recipe.optimizer() instanceof Adam settings) {
      adam.apply(recipe, settings, step, gradient, next);
    } else {
      descent.apply(recipe, step, firstTensor, gradient, next);
    }
  }

  private void forward(Recipe recipe, int step, Pass pass, Batch batch, Parameters at) {
    if (dual != null) {
      dual.forward(pass.frame(1), at);
      pass.forward(batch, at, 1);
    } else if (step > 0 && recipe.batchSize() == 0 && !keepPoints) {
      pass.forward(batch, at, recipe.firstMoving()); // What lies before it has not changed.
    } else {
      pass.forward(batch, at);
    }
  }

  private double backward(Recipe recipe, int step, Pass pass, Parameters at) {
    if (dual == null) {
      return pass.backward(at, sink, recipe.firstMoving());
    }
    double loss = pass.backwardInto(at, sink, 1);
    dual.backward(pass.frame(1), sink, recipe.stepSize(step, dual.tensor()));
    return loss;
  }

  private Batch batch(int i) {
    while (batches.size() <= i) {
      batches.add(new Batch(circuit));
    }
    return batches.get(i);
  }

  @Override
  public void close() {
    spare.close();
    points.forEach(Parameters::close);
    gradients.forEach(Parameters::close);
    batches.forEach(Batch::close);
    passes.forEach(Pass::close);
    if (firstLayer != null) {
      firstLayer.close();
    }
  }
}
