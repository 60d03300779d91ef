package io.engram.engine.fused;

import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Where a part of a wider row-major matrix lies: its first float, and how many floats its rows are apart. Set anew for each product and kept by who
 * multiplies, so that a product allocates nothing.
 */
final class Submatrix {

  private @Nullable FloatPointer matrix;
  private int from;
  private int stride;

  /** From now on the part of {@code matrix} whose first float is {@code from}. */
  Submatrix at(FloatPointer matrix, int from, int stride) {
    this.matrix = matrix;
    this.from = from;
    this.stride = stride;
    return this;
  }

  /** Floats from one row to the next. */
  int stride() {
    return stride;
  }

  /** The address of its first float. */
  long address() {
    return Simd.at(pointer()) + (long) Float.BYTES * from;
  }

  /** The pointer, moved on to its first float; {@link #leave} moves it back. */
  FloatPointer enter() {
    FloatPointer pointer = pointer();
    return pointer.position(pointer.position() + from);
  }

  /** Takes back {@link #enter}. */
  void leave() {
    FloatPointer pointer = pointer();
    pointer.position(pointer.position() - from);
  }

  private FloatPointer pointer() {
    if (matrix == null) {
      throw new IllegalStateException("a submatrix must be set before it is multiplied");
    }
    return matrix;
  }
}
