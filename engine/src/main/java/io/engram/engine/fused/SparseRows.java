package io.engram.engine.fused;

import io.engram.core.compute.stream.StreamBatch;
import org.jspecify.annotations.Nullable;

/** The inputs of a batch without their zeros, by example and by unit, as {@link Simd} takes them. Reused; grows only. */
final class SparseRows {

  private final int units;
  private final int[] unitStarts;
  private final int[] counts;
  private int examples;
  private int[] starts = new int[1];
  private int[] indices = new int[0];
  private float[] values = new float[0];
  private int[] unitExamples = new int[0];
  private float[] unitValues = new float[0];

  /** For {@code units} inputs an example. */
  SparseRows(int units) {
    this.units = units;
    this.unitStarts = new int[units + 1];
    this.counts = new int[units + 1];
  }

  void load(StreamBatch batch) {
    examples = batch.size();
    grow(batch);
    int at = 0;
    for (int b = 0; b < examples; b++) {
      int[] present = batch.input(b).indices();
      System.arraycopy(present, 0, indices, at, present.length);
      System.arraycopy(batch.input(b).values(), 0, values, at, present.length);
      at += present.length;
      starts[b + 1] = at;
    }
    Simd.transposeSparse(
        starts, indices, values, examples, units, unitStarts, unitExamples, unitValues, counts);
  }

  private void grow(StreamBatch batch) {
    int needed = 0;
    for (int b = 0; b < examples; b++) {
      needed += batch.input(b).indices().length;
    }
    if (starts.length <= examples) {
      starts = new int[2 * examples + 1];
    }
    if (indices.length < needed) {
      indices = new int[2 * needed];
      values = new float[2 * needed];
      unitExamples = new int[2 * needed];
      unitValues = new float[2 * needed];
    }
  }

  /** Whether so few are left that leaving the zeros out saves time. */
  boolean few() {
    return 2L * starts[examples] <= (long) examples * units;
  }

  /** [units + 1] how many examples have something there; the last means nothing. */
  int[] counts() {
    return counts;
  }

  /** Y [examples, n] ← X·W + the last row of W, [units + 1, n] in an array from {@code start} on. */
  void multiply(int n, float[] w, int start, long y, int stride) {
    Simd.multiplySparse(starts, indices, values, examples, units, n, w, start, y, stride);
  }

  /** The rows of target, as W, that are not blank ← α·XᵀΔ + β·target; X with a column of ones. */
  void gradient(
      int n, float alpha, long deltas, int stride, float beta, float[] target, int start) {
    Simd.gradientOfSparse(
        unitStarts,
        unitExamples,
        unitValues,
        units,
        examples,
        n,
        alpha,
        deltas,
        stride,
        beta,
        target,
        start);
  }

  /** {@link LayerGradient#descend(float[], float[], float[], float)}. */
  double descend(
      int n,
      long deltas,
      int stride,
      float[] weights,
      float[] steps,
      float @Nullable [] average,
      int start,
      float rate) {
    return Simd.descendSparse(
        unitStarts,
        unitExamples,
        unitValues,
        units,
        examples,
        n,
        deltas,
        stride,
        weights,
        steps,
        average,
        start,
        rate);
  }

  /** X ← X ∘ X, for gradients. */
  void square() {
    Spans.square(unitValues, starts[examples]);
  }
}
