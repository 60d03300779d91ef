package io.engram.engine.fused;

import org.bytedeco.javacpp.FloatPointer;

/** What the fused engine multiplies with on this machine, for people and for benches. */
public final class FusedKernels {

  private FusedKernels() {}

  /** Names them; loads them if they are not. */
  public static String description() {
    return Simd.load().description();
  }

  /** C ← A·B, all [size, size], on this thread. */
  public static void square(int size, FloatPointer a, FloatPointer b, FloatPointer c) {
    Gemm.load();
    Gemm.NN.multiply(size, size, size, 1f, a, b, 0f, c);
  }
}
