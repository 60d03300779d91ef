package io.engram.engine.fused;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A matrix of the first layer, W [outputs, inputs], while it only changes by multiples of ΔᵀX for one batch X [n, inputs]:
 * kept as W₀ and coefficients D [n, outputs] with W = W₀ + DᵀX (its dual form), and as the image X·Wᵀ [n, outputs], which is
 * all that is asked of it. With G = XXᵀ a change of the coefficients by C changes the image by G·C: two products as
 * wide as the inputs become one as wide as the batch.
 */
final class DualMatrix implements AutoCloseable {

  private final int inputs;
  private final int outputs;
  private final Slab image = new Slab();
  private final Slab coefficients = new Slab();
  private int n;

  DualMatrix(int inputs, int outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** Begins at W₀, with one wide product. */
  void start(Slab x, int examples, Slab w) {
    n = examples;
    FloatPointer into = image.writeNative(n * outputs);
    Gemm.NT.multiply(n, outputs, inputs, 1f, x.readNative(), w.readNative(), 0f, into);
    Arrays.fill(coefficients.writeHeap(n * outputs), 0, n * outputs, 0f);
  }

  /** [n, outputs] X·Wᵀ. */
  float[] image() {
    return image.readHeap();
  }

  /**
   * W ← W − step·ΔᵀX.
   *
   * @param gram [n, n] G
   * @param delta [n, outputs] Δ
   */
  void subtract(float step, Slab gram, Slab delta) {
    subtract(step, delta.readHeap(), coefficients.updateHeap(), n * outputs);
    FloatPointer into = image.updateNative();
    Gemm.NN.multiply(n, outputs, n, -step, gram.readNative(), delta.readNative(), 1f, into);
  }

  /** Writes W out, with one wide product; {@code w} holds W₀. */
  void finish(Slab x, Slab w) {
    FloatPointer d = coefficients.readNative();
    Gemm.TN.multiply(outputs, inputs, n, 1f, d, x.readNative(), 1f, w.updateNative());
  }

  private static void subtract(float step, float[] delta, float[] coefficients, int count) {
    for (int i = 0; i < count; i++) {
      coefficients[i] -= step * delta[i];
    }
  }

  @Override
  public void close() {
    image.close();
    coefficients.close();
  }
}
