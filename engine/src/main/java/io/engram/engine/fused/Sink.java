package io.engram.engine.fused;

import java.util.Arrays;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Where a backward sweep puts parameter gradients: {@code target ← β·target + scale·g}. With target = φ, scale = −α and β = 1
 * a matrix product does gradient and descent at once.
 */
final class Sink {

  private final float[] scales;
  private @Nullable Parameters target;
  private boolean accumulate;

  Sink(int tensors) {
    this.scales = new float[tensors];
  }

  /** Gradients as they are, overwriting. */
  Sink storeIn(Parameters gradients) {
    return into(gradients, 1f, false);
  }

  /** Gradients times {@code scale}, added. */
  Sink addTo(Parameters sums, float scale) {
    return into(sums, scale, true);
  }

  /** Gradients times a scale per tensor, to be set by {@link #scale(int, float)}, added. */
  Sink addTo(Parameters sums) {
    return into(sums, 0f, true);
  }

  void scale(int tensor, float scale) {
    scales[tensor] = scale;
  }

  /** The factor α of a product that computes this tensor's gradient. */
  float scale(int tensor) {
    return scales[tensor];
  }

  /** The factor β of a product that computes this tensor's gradient. */
  float beta() {
    return accumulate ? 1f : 0f;
  }

  /** Destination of a product of {@code length} elements. */
  FloatPointer matrix(int tensor, int length) {
    Slab slab = target().tensor(tensor);
    return accumulate ? slab.updateNative() : slab.writeNative(length);
  }

  /** Takes the gradient of a vector. */
  void vector(int tensor, double[] gradient, int length) {
    Slab slab = target().tensor(tensor);
    float scale = scales[tensor];
    if (accumulate) {
      float[] sums = slab.updateHeap();
      for (int i = 0; i < length; i++) {
        sums[i] += (float) (scale * gradient[i]);
      }
    } else {
      float[] values = slab.writeHeap(length);
      for (int i = 0; i < length; i++) {
        values[i] = (float) (scale * gradient[i]);
      }
    }
  }

  /** Takes a gradient that is zero. */
  void zero(int tensor, int length) {
    if (!accumulate) {
      Arrays.fill(target().tensor(tensor).writeHeap(length), 0, length, 0f);
    }
  }

  private Parameters target() {
    return Objects.requireNonNull(target, "a sink needs storeIn or addTo before use");
  }

  private Sink into(Parameters newTarget, float scale, boolean add) {
    target = newTarget;
    accumulate = add;
    Arrays.fill(scales, scale);
    return this;
  }
}
