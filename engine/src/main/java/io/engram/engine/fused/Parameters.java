package io.engram.engine.fused;

import java.util.Arrays;

/**
 * One set of values for all trainable tensors, in the engine's own element order (see {@link ParameterMap}): φ, a gradient,
 * Adam's moments, a direction.
 */
final class Parameters implements AutoCloseable {

  private final ParameterMap map;
  private final Slab[] tensors;

  Parameters(ParameterMap map) {
    this.map = map;
    this.tensors = new Slab[map.tensorCount()];
    for (int t = 0; t < tensors.length; t++) {
      tensors[t] = new Slab();
    }
  }

  int tensorCount() {
    return tensors.length;
  }

  Slab tensor(int t) {
    return tensors[t];
  }

  /** Copies a flat vector in the engine's order in. */
  void load(float[] flat) {
    for (int t = 0; t < tensors.length; t++) {
      if (map.isMatrix(t)) {
        tensors[t].loadNative(flat, map.offset(t), map.length(t));
      } else {
        tensors[t].loadHeap(flat, map.offset(t), map.length(t));
      }
    }
  }

  /** Copies everything out to a flat vector in the engine's order. */
  void store(float[] flat) {
    for (int t = 0; t < tensors.length; t++) {
      tensors[t].store(flat, map.offset(t));
    }
  }

  /** Becomes a copy of another set from tensor {@code first} on. */
  void copyFrom(Parameters other, int first) {
    for (int t = first; t < tensors.length; t++) {
      tensors[t].copyFrom(other.tensors[t]);
    }
  }

  /** Sets every tensor to zero. */
  void clear() {
    for (int t = 0; t < tensors.length; t++) {
      Arrays.fill(tensors[t].writeHeap(map.length(t)), 0, map.length(t), 0f);
    }
  }

  @Override
  public void close() {
    for (Slab tensor : tensors) {
      tensor.close();
    }
  }
}
