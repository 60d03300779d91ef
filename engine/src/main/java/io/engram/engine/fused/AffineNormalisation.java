package io.engram.engine.fused;

/** What batch and layer normalisation have in common: y = γx̂ + β, x̂ of mean 0 and variance 1. */
abstract class AffineNormalisation implements Operation {

  final int features;
  final float epsilon;

  /** Tensors of γ and β. */
  final int gain;

  final int shift;

  AffineNormalisation(int features, float epsilon, int gain, int shift) {
    this.features = features;
    this.epsilon = epsilon;
    this.gain = gain;
    this.shift = shift;
  }

  /** A frame that remembers x̂; that of a tangent, its tangent. */
  static class NormalFrame extends Frame {

    final Slab normal = new Slab();

    @Override
    final long bytes() {
      return super.bytes() + normal.bytes();
    }

    @Override
    public void close() {
      super.close();
      normal.close();
    }
  }
}
