package io.engram.core.compute.stream;

import io.engram.core.network.NetworkSpec;

/**
 * A network compiled for a stream of few examples at a time. Its weights are a {@link StreamVector}, as are gradients, step sizes and
 * importances; {@link #load} and {@link #store} translate from and to {@link io.engram.core.network.ParameterLayout} order.
 *
 * <p><b>Threading:</b> not thread-safe; runs on the caller's thread. <b>Determinism:</b> results depend on the arguments alone, bit for
 * bit. Nothing is allocated once the largest batch was seen.
 *
 * <p><b>Failures:</b> arguments of the wrong shape, and vectors of other programs, throw {@link IllegalArgumentException}. Numbers that are
 * not finite go into the result. After {@link #close} everything throws {@link IllegalStateException}.
 */
public interface StreamProgram extends AutoCloseable {

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

  /**
   * Computes g = ∇L(weights) to be used several times by {@link #add}, until anything else is computed; returns L.
   */
  double computeGradient(StreamVector weights, StreamBatch batch);

  /** Adds g of the last {@link #computeGradient}. */
  void add(GradientSum into);

  /** Computes g = ∇L(weights) and adds it, without keeping it where an engine can do without; returns L. */
  double addGradient(StreamVector weights, StreamBatch batch, GradientSum into);

  /** Steps down ∇L(weights); returns L before the step. */
  double descend(StreamVector weights, StreamBatch batch, StreamStep step);

  /**
   * {@code squares ← squares + Σᵢ (∇ℓᵢ)²}, ℓᵢ the loss of example i alone with its own weight (1 for the plain cross-entropy): with true
   * labels the diagonal of the empirical Fisher information (Kirkpatrick et al. 2017, eq. 3), times the number of examples.
   *
   * @param logits [size × outputs] where logits are written, as {@link #predict} does; may be longer
   */
  void addSquaredGradients(
      StreamVector weights, StreamBatch batch, StreamVector squares, float[] logits);

  /**
   * What each hidden unit gave to the layer above it, {@code |h|·Σₖ|wₖ|}: h its activation in the last {@link #predict} or {@link #descend}, in the mean over the
   * batch, and wₖ its outgoing weights in {@code weights} (the contribution utility of Dohare et al. 2024, before it is averaged over time).
   *
   * @param contributions [hidden units], layer after layer from the input on, where they are written; may be longer
   */
  void contributions(StreamVector weights, float[] contributions);

  /** Frees native memory; its vectors are its own and go with it. Idempotent. */
  @Override
  void close();
}
