package io.engram.engine.fused;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The gradient of a layer's weights for several examples, G = Xᵀ·Δ, by BLAS. Of X only the columns are kept that are not zero for the whole
 * batch: the corners of a digit have no gradient, and their weights are not touched. G is never whole: it is used strip by strip, while it is in
 * the first cache.
 *
 * <p>X what went into the layer, [examples, columns], Δ = ∂L/∂z, [examples, out]. The biases are a column of ones.
 */
final class BatchGradient {

  private final int in;
  private final int out;
  private final Slab inputs = new Slab();
  private final Slab deltas = new Slab();
  private final Slab gradient = new Slab();
  private final int[] unit;
  private final int[] column;
  private final float[] biases;
  private final float[] row;
  private int columns;
  private int examples;

  BatchGradient(int in, int out) {
    this.in = in;
    this.out = out;
    this.unit = new int[in];
    this.column = new int[in];
    this.biases = new float[out];
    this.row = new float[out];
  }

  /** Takes X from below, with all its columns. */
  void load(float[][] x, int size) {
    examples = size;
    columns = in;
    float[] flat = inputs.writeHeap(size * in);
    for (int b = 0; b < size; b++) {
      System.arraycopy(x[b], 0, flat, b * in, in);
    }
    Arrays.setAll(unit, i -> i);
  }

  /** Takes X without the columns that no example has. */
  void load(ActiveRows x) {
    examples = x.examples;
    int total = x.start[examples];
    Arrays.fill(column, 0);
    for (int k = 0; k < total; k++) {
      column[x.unit[k]] = 1;
    }
    columns = 0;
    for (int i = 0; i < in; i++) {
      unit[columns] = i;
      int active = column[i];
      column[i] = columns;
      columns += active;
    }
    float[] flat = inputs.writeHeap(examples * columns);
    Arrays.fill(flat, 0, examples * columns, 0f);
    for (int b = 0; b < examples; b++) {
      int base = b * columns;
      for (int k = x.start[b]; k < x.start[b + 1]; k++) {
        flat[base + column[x.unit[k]]] = x.value[k];
      }
    }
  }

  /** X, as it was loaded. */
  FloatPointer inputs() {
    return inputs.readNative();
  }

  int columns() {
    return columns;
  }

  /** The input unit of a column. */
  int unit(int c) {
    return unit[c];
  }

  /** X ← X ∘ X. */
  void squareInputs() {
    float[] x = inputs.updateHeap();
    for (int i = 0; i < inputs.size(); i++) {
      x[i] *= x[i];
    }
  }

  /** Takes Δ. */
  void take(float[][] delta) {
    float[] flat = deltas.writeHeap(examples * out);
    Arrays.fill(biases, 0f);
    for (int b = 0; b < examples; b++) {
      System.arraycopy(delta[b], 0, flat, b * out, out);
      Rows.add(1f, delta[b], biases);
    }
  }

  /** rows ← rows + scale·G, the layer's first row at {@code first}. */
  void addTo(float[][] rows, int first, float scale) {
    for (int from = 0; from < columns; from += DenseProducts.STRIP) {
      int count = compute(from);
      for (int c = 0; c < count; c++) {
        Rows.add(scale, rowOf(c), rows[first + unit[from + c]]);
      }
    }
    Rows.add(scale, biases, rows[first + in]);
  }

  /** rows ← rows + scale·(factors ∘ G); returns the sum of the squares of G. */
  double addProduct(float[][] rows, float[][] factors, int first, float scale) {
    double squares = Rows.dot(biases, biases);
    for (int from = 0; from < columns; from += DenseProducts.STRIP) {
      int count = compute(from);
      squares += Gemm.squares(count * out, gradient.readNative());
      for (int c = 0; c < count; c++) {
        int r = first + unit[from + c];
        Rows.addProduct(scale, factors[r], rowOf(c), rows[r]);
      }
    }
    Rows.addProduct(scale, factors[first + in], biases, rows[first + in]);
    return squares;
  }

  /** Computes G for a strip of columns; returns how many. */
  private int compute(int from) {
    int count = Math.min(DenseProducts.STRIP, columns - from);
    Gemm.transposedColumns(
        count,
        out,
        examples,
        inputs.readNative(),
        columns,
        from,
        deltas.readNative(),
        gradient.writeNative(count * out));
    return count;
  }

  /** Row c of the strip; a copy, for HotSpot vectorises no loop over a piece of a longer array. */
  private float[] rowOf(int c) {
    System.arraycopy(gradient.readHeap(), c * out, row, 0, out);
    return row;
  }
}
