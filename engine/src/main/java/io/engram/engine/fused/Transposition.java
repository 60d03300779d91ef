package io.engram.engine.fused;

/** Transposes matrices, a few rows at a time so that both sides stay in cache. */
final class Transposition {

  private static final int BLOCK = 16;

  private Transposition() {}

  /** from [rows, columns] → to [columns, rows]. */
  static void of(Slab from, int rows, int columns, Slab to) {
    float[] a = from.readHeap();
    float[] b = to.writeHeap(rows * columns);
    for (int block = 0; block < columns; block += BLOCK) {
      int end = Math.min(columns, block + BLOCK);
      for (int row = 0; row < rows; row++) {
        int at = row * columns;
        for (int column = block; column < end; column++) {
          b[column * rows + row] = a[at + column];
        }
      }
    }
  }
}
