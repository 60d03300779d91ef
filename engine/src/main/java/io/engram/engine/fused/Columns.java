package io.engram.engine.fused;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Column-wise arithmetic on row-major matrices [rows × width]: sums over rows, and maps whose coefficients [width] differ by column.
 * It runs on the side of the operands where products leave and want them if there are kernels of our own ({@link Simd}), else on the heap.
 */
final class Columns {

  private final int width;
  private final @Nullable HeapColumns onHeap;

  Columns(int width) {
    this.width = width;
    this.onHeap = Simd.PRESENT ? null : new HeapColumns(width);
  }

  /** out[c] = Σ_r x[r, c]. */
  void sum(Slab x, int rows, double[] out) {
    if (Simd.PRESENT) {
      Simd.columnSums(read(x), 0, rows, width, out, null);
    } else {
      onHeap().sums(x.readHeap(), null, rows, out, null);
    }
  }

  /** out[c] = Σ_r x[r, c]·y[r, c]. */
  void sumOfProducts(Slab x, Slab y, int rows, double[] out) {
    if (Simd.PRESENT) {
      Simd.columnSums(read(x), read(y), rows, width, null, out);
    } else {
      onHeap().sums(x.readHeap(), y.readHeap(), rows, null, out);
    }
  }

  /** sums[c] = Σ_r x[r, c] and products[c] = Σ_r x[r, c]·y[r, c]. */
  void sums(Slab x, Slab y, int rows, double[] sums, double[] products) {
    if (Simd.PRESENT) {
      Simd.columnSums(read(x), read(y), rows, width, sums, products);
    } else {
      onHeap().sums(x.readHeap(), y.readHeap(), rows, sums, products);
    }
  }

  /** out[c] = Σ_r (x[r, c] − m[c])². */
  void sumOfSquaredDeviations(Slab x, Slab m, int rows, double[] out) {
    if (Simd.PRESENT) {
      Simd.columnDeviations(read(x), read(m), rows, width, out);
    } else {
      onHeap().sumOfSquaredDeviations(x.readHeap(), m.readHeap(), rows, out);
    }
  }

  /** normal[r, c] = (x[r, c] − m[c])·s[c] and out[r, c] = a[c]·normal[r, c] + b[c]. */
  void standardise(Slab x, Slab m, Slab s, Slab a, Slab b, int rows, Slab normal, Slab out) {
    if (Simd.PRESENT) {
      Simd.standardise(
          read(x),
          read(m),
          read(s),
          read(a),
          read(b),
          rows,
          width,
          write(normal, rows),
          write(out, rows));
    } else {
      onHeap()
          .standardise(
              x.readHeap(),
              m.readHeap(),
              s.readHeap(),
              a.readHeap(),
              b.readHeap(),
              rows,
              normal.writeHeap(rows * width),
              out.writeHeap(rows * width));
    }
  }

  /** out[r, c] = a[c]·x[r, c] + b[c]. */
  void affine(Slab x, Slab a, Slab b, int rows, Slab out) {
    if (Simd.PRESENT) {
      Simd.combine(read(x), read(a), 0, 0, read(b), rows, width, false, write(out, rows));
    } else {
      onHeap().affine(x.readHeap(), a.readHeap(), b.readHeap(), rows, out.writeHeap(rows * width));
    }
  }

  /** x[r, c] += b[c]. */
  void addRow(Slab x, Slab b, int rows) {
    if (Simd.PRESENT) {
      long into = Simd.at(x.updateNative());
      Simd.combine(into, 0, 0, 0, read(b), rows, width, false, into);
    } else {
      onHeap().addRow(x.updateHeap(), b.readHeap(), rows);
    }
  }

  /** out[r, c] = a[c]·x[r, c] + b[c]·y[r, c] + d[c]. */
  void combine(Slab x, Slab a, Slab y, Slab b, Slab d, int rows, Slab out) {
    if (Simd.PRESENT) {
      Simd.combine(
          read(x), read(a), read(y), read(b), read(d), rows, width, false, write(out, rows));
    } else {
      onHeap()
          .combine(
              x.readHeap(),
              a.readHeap(),
              y.readHeap(),
              b.readHeap(),
              d.readHeap(),
              rows,
              out.writeHeap(rows * width));
    }
  }

  /** out[r, c] += a[c]·x[r, c] + b[c]·y[r, c]. */
  void addCombination(Slab x, Slab a, Slab y, Slab b, int rows, Slab out) {
    if (Simd.PRESENT) {
      Simd.combine(
          read(x), read(a), read(y), read(b), 0, rows, width, true, Simd.at(out.updateNative()));
    } else {
      onHeap()
          .addCombination(
              x.readHeap(), a.readHeap(), y.readHeap(), b.readHeap(), rows, out.updateHeap());
    }
  }

  private HeapColumns onHeap() {
    return requireNonNull(onHeap, "columns on the heap where there are none natively");
  }

  private static long read(Slab slab) {
    return Simd.at(slab.readNative());
  }

  private long write(Slab slab, int rows) {
    return Simd.at(slab.writeNative(rows * width));
  }
}
