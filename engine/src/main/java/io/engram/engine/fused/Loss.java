package io.engram.engine.fused;

/** The head: mean loss over a batch's outputs, its gradient, and that gradient's tangent. */
interface Loss {

  /**
   * Mean loss; NaN or infinite where the outputs are.
   *
   * @param outputs [n, width]
   */
  double loss(float[] outputs, Batch batch);

  /** Accuracy in [0, 1], or mean squared error. */
  double score(float[] outputs, Batch batch);

  /** Mean loss; writes ∂loss/∂outputs. */
  double gradient(Slab outputs, Batch batch, Slab gradient);

  /** Writes the tangent of ∂loss/∂outputs along the outputs' tangent: the loss's Hessian times it. */
  void gradientTangent(Slab outputs, Slab tangent, Batch batch, Slab gradientTangent);
}
