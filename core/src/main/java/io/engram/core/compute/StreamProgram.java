package io.engram.core.compute;

import io.engram.core.network.NetworkSpec;

/**
 * A network compiled for a stream of few examples at a time. Its weights are a {@link StreamVector}, as are gradients, step sizes and
 * importances; {@link #load} and {@link #store} translate from and to {@link io.engram.core.network.ParameterLayout} order.
 *
 * <p><b>Threading:</b> not thread-safe; runs on the caller's thread. <b>Determinism:</b> results depend on the arguments alone, bit for
 * bit. Nothing is allocated once the largest batch was seen.
 *
 * <p><b>Failures:</b> arguments of the wrong shape throw {@link IllegalArgumentException}. Numbers that are not finite go into the result.
 */
public interface StreamProgram {

  NetworkSpec network();

  /** A vector of zeros. */
  StreamVector zeros();

  /** Overwrites {@code weights} with θ in layout order. */
  void load(float[] theta, StreamVector weights);

  /** Writes {@code weights} in layout order. */
  void store(StreamVector weights, float[] theta);

  /**
   * Forward pass.
   *
   * @param logits [size × outputs] where logits are written; may be longer
   */
  void predict(StreamVector weights, StreamBatch batch, float[] logits);

  /** {@code sum ← sum + scale·∇L(weights)}; returns L(weights). */
  double addGradient(StreamVector weights, StreamBatch batch, float scale, StreamVector sum);

  /**
   * Computes g = ∇L(weights) to be used several times by {@link #addGradient(float, StreamVector)} and {@link #addGradientProduct}, until
   * anything else is computed; returns L.
   */
  double computeGradient(StreamVector weights, StreamBatch batch);

  /** {@code sum ← sum + scale·g}, g of the last {@link #computeGradient}. */
  void addGradient(float scale, StreamVector sum);

  /** {@code sum ← sum + scale·(factor ∘ g)}, g of the last {@link #computeGradient}. */
  void addGradientProduct(float scale, StreamVector factor, StreamVector sum);

  /** {@code weights ← weights − step·∇L(weights)}; returns L before the step. */
  double descend(StreamVector weights, StreamBatch batch, float step);

  /** {@code weights ← weights − steps ∘ ∇L(weights)}, a step size for every parameter; returns L before the step. */
  default double descend(StreamVector weights, StreamBatch batch, StreamVector steps) {
    return descend(weights, batch, steps, Double.POSITIVE_INFINITY);
  }

  /**
   * The same with the gradient shortened to {@code longest} where its Euclidean norm is more (Pascanu et al. 2013, algorithm 1).
   */
  double descend(StreamVector weights, StreamBatch batch, StreamVector steps, double longest);

  /**
   * The same, and then {@code average ← average + rate·(weights − average)}.
   *
   * @param average as {@link StreamVector#average} changes it, in the same pass where an engine can
   */
  default double descend(
      StreamVector weights,
      StreamBatch batch,
      StreamVector steps,
      double longest,
      StreamVector average,
      float rate) {
    double loss = descend(weights, batch, steps, longest);
    average.average(weights, rate);
    return loss;
  }

  /**
   * {@code squares ← squares + Σᵢ (∇ℓᵢ)²}, ℓᵢ the loss of example i alone with its own weight (1 for the plain cross-entropy): with true
   * labels the diagonal of the empirical Fisher information (Kirkpatrick et al. 2017, eq. 3), times the number of examples.
   *
   * @param logits [size × outputs] where logits are written, as {@link #predict} does; may be longer
   */
  void addSquaredGradients(
      StreamVector weights, StreamBatch batch, StreamVector squares, float[] logits);
}
