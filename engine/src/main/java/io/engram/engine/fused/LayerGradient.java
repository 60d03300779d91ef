package io.engram.engine.fused;

/** The gradient of a layer's weights, G = Xᵀ·Δ, and what is done with it. */
interface LayerGradient extends AutoCloseable {

  /** Computes all of G. */
  void compute();

  /** target ← target + scale·G, after {@link #compute}. */
  void addTo(float[] target, float scale);

  /** target ← target + scale·(factors ∘ G), after {@link #compute}. */
  void addProduct(float[] target, float[] factors, float scale);

  /** Computes G and does target ← target + scale·G. */
  void computeAndAdd(float[] target, float scale);

  /** Computes G and does weights ← weights − steps ∘ G; returns the sum of the squares of G. */
  double descend(float[] weights, float[] steps);

  /** The same, and average ← average + rate·(weights − average), that of blank inputs too. */
  double descend(float[] weights, float[] steps, float[] average, float rate);

  /** Computes G again, if it was not kept, after one of these, as if by {@link #compute}. */
  void restore();

  @Override
  void close();
}
