package io.engram.engine.fused;

import io.engram.core.compute.episode.InnerOptimizer.Sgd;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.task.Episode;
import org.jspecify.annotations.Nullable;

/** One worker's share of the outer loop: an episode's contribution to ∂θ and ∂α. */
final class OuterGradient implements AutoCloseable {

  private final Circuit circuit;
  private final ParameterMap map;
  private final Trajectory trajectory;
  private final Batch query;
  private final Pass queryPass;
  private final TangentPass tangents;
  private final Descent descent;

  /** ∂L_query/∂φ_k, carried from k = K back to 0. */
  private final Parameters cotangent;

  private final Parameters direction;
  private final Sink sink;

  OuterGradient(Circuit circuit, Trajectory trajectory) {
    this.circuit = circuit;
    this.map = circuit.parameters;
    this.trajectory = trajectory;
    this.query = new Batch(circuit);
    this.queryPass = new Pass(circuit, query);
    this.tangents = new TangentPass(circuit);
    this.descent = new Descent(map);
    this.cotangent = new Parameters(map);
    this.direction = new Parameters(map);
    this.sink = new Sink(map.tensorCount());
  }

  /**
   * Runs the inner loop of an episode and what {@code rule} asks for after it.
   *
   * @param theta [trainable parameters] where this episode's ∂θ is written, in the engine's order
   * @param alpha where its ∂α is written, zero before, in the port's order; or null
   * @return the episode's loss before its contribution is used
   */
  double contribute(
      Recipe recipe, Episode episode, MetaRule rule, float[] theta, float @Nullable [] alpha) {
    float[] weights = recipe.stepWeights();
    if (weights != null) {
      boolean exact = rule == MetaRule.SECOND_ORDER;
      return multiStep(recipe, episode, exact, weights, theta, alpha);
    }
    return switch (rule) {
      case REPTILE -> reptile(recipe, episode, theta);
      case FIRST_ORDER -> firstOrder(recipe, episode, theta, alpha);
      case SECOND_ORDER -> secondOrder(recipe, episode, theta, alpha);
    };
  }

  /** θ − φ_K (Nichol et al. 2018, algorithm 1). */
  private double reptile(Recipe recipe, Episode episode, float[] theta) {
    trajectory.run(recipe, episode, false, false, true);
    trajectory.last(recipe).store(theta);
    float[] start = recipe.theta();
    for (int i = 0; i < map.length(); i++) {
      theta[i] = start[i] - theta[i];
    }
    if (recipe.steps() > 0) {
      return trajectory.supportLoss();
    }
    query.load(episode.support());
    queryPass.forward(query, trajectory.last(recipe));
    return circuit.loss.loss(queryPass.outputs().readHeap(), query);
  }

  /** ∇L_query(φ_K) (Finn et al. 2017, section 5.2); ∂α_k = −⟨∇L_query(φ_K), ∇L_support(φ_k)⟩ per step size. */
  private double firstOrder(
      Recipe recipe, Episode episode, float[] theta, float @Nullable [] alpha) {
    trajectory.run(recipe, episode, false, alpha != null, alpha == null);
    double loss = queryGradient(recipe, episode);
    if (alpha != null) {
      for (int k = 0; k < recipe.steps(); k++) {
        addStepSizeGradient(recipe, k, alpha);
      }
    }
    cotangent.store(theta);
    return loss;
  }

  /**
   * ∇_θ L_query(φ_K(θ)) (Finn et al. 2017, eq. 1), by the chain rule through φ_{k+1} = φ_k − α∘∇L(φ_k), from the last step to
   * the first: v_K = ∇L_query(φ_K), ∂α_k = −∇L(φ_k)∘v_{k+1}, v_k = v_{k+1} − ∇²L(φ_k)·(α∘v_{k+1}).
   */
  private double secondOrder(
      Recipe recipe, Episode episode, float[] theta, float @Nullable [] alpha) {
    trajectory.run(recipe, episode, true, alpha != null, true);
    double loss = queryGradient(recipe, episode);
    DualLayer dual = trajectory.dual();
    if (dual != null) {
      dual.startCotangent(cotangent);
    }
    for (int k = recipe.steps() - 1; k >= 0; k--) {
      if (alpha != null) {
        addStepSizeGradient(recipe, k, alpha);
      }
      if (dual != null) {
        stepBack(recipe, k, dual);
      } else {
        stepBack(recipe, k);
      }
    }
    if (dual != null) {
      dual.finishCotangent(cotangent);
    }
    cotangent.store(theta);
    return loss;
  }

  /**
   * The same for Σ_k w_k·L_query(φ_k) (Antoniou et al. 2019, section 4): on its way back the
   * cotangent takes up w_k·∇L_query(φ_k) where it passes. First order leaves out the Hessians.
   */
  private double multiStep(
      Recipe recipe,
      Episode episode,
      boolean exact,
      float[] weights,
      float[] theta,
      float @Nullable [] alpha) {
    trajectory.run(recipe, episode, true, alpha != null, false);
    query.load(episode.query());
    cotangent.clear();
    double loss = Double.NaN;
    for (int k = recipe.steps(); k > 0; k--) {
      Parameters phi = trajectory.point(k);
      queryPass.forward(query, phi);
      sink.addTo(cotangent, weights[k - 1]);
      double lossHere = queryPass.backward(phi, sink, circuit.firstTrainable());
      loss = k == recipe.steps() ? lossHere : loss;
      if (alpha != null) {
        addStepSizeGradient(recipe, k - 1, alpha);
      }
      if (exact) {
        stepBack(recipe, k - 1);
      }
    }
    cotangent.store(theta);
    return loss;
  }

  private void stepBack(Recipe recipe, int k) {
    descent.scale(recipe, k, recipe.firstMovingTensor(), cotangent, direction);
    tangents.addHessianProduct(
        trajectory.revisit(recipe, k),
        trajectory.point(k),
        direction,
        recipe.firstMoving(),
        sink.addTo(cotangent, -1f));
  }

  private void stepBack(Recipe recipe, int k, DualLayer dual) {
    descent.scale(recipe, k, dual.tensor() + 1, cotangent, direction);
    Pass pass = trajectory.revisit(recipe, k);
    Frame tangent = tangents.firstOutput();
    dual.forwardTangent(pass.frame(1), tangent, direction, recipe.stepSize(k, dual.tensor()));
    sink.addTo(cotangent, -1f);
    tangents.addHessianProductBehindFirst(pass, trajectory.point(k), direction, sink);
    dual.backwardTangent(tangent, sink);
  }

  private double queryGradient(Recipe recipe, Episode episode) {
    Parameters phi = trajectory.last(recipe);
    query.load(episode.query());
    queryPass.forward(query, phi);
    return queryPass.backward(phi, sink.storeIn(cotangent), circuit.firstTrainable());
  }

  /** alpha −= ∇L(φ_step)∘cotangent, summed over the parameters that share a step size. */
  private void addStepSizeGradient(Recipe recipe, int step, float[] alpha) {
    StepSizes sizes = ((Sgd) recipe.optimizer()).stepSizes();
    Parameters gradient = trajectory.gradient(step);
    DualLayer dual = trajectory.dual();
    for (int t = recipe.firstMovingTensor(); t < map.tensorCount(); t++) {
      if (sizes instanceof StepSizes.PerParameter) {
        map.subtractProduct(
            t, gradient.tensor(t).readHeap(), cotangent.tensor(t).readHeap(), alpha);
        continue;
      }
      float product =
          dual != null && dual.tensor() == t
              ? (float) dual.dot(trajectory.revisit(recipe, step).frame(1))
              : dot(gradient.tensor(t), cotangent.tensor(t), map.length(t));
      if (sizes instanceof StepSizes.PerTensorPerStep table) {
        alpha[step * table.values()[step].length + map.layoutIndex(t)] = -product;
      } else {
        alpha[0] -= product;
      }
    }
  }

  private static float dot(Slab a, Slab b, int length) {
    return dot(a.readHeap(), b.readHeap(), length);
  }

  private static float dot(float[] a, float[] b, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += (double) a[i] * b[i];
    }
    return (float) sum;
  }

  @Override
  public void close() {
    query.close();
    queryPass.close();
    tangents.close();
    cotangent.close();
    direction.close();
  }
}
