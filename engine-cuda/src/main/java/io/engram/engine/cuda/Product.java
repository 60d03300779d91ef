package io.engram.engine.cuda;

import io.engram.engine.cuda.device.ParameterBlock;
import java.util.List;

/**
 * A product of matrices whose elements are found through tables: {@code C[row][column] = Σ_k A[row][k]·B[column][k]}. The order of the sum
 * is that of k alone, so the bits do not depend on how it is cut into tiles.
 */
final class Product {

  private final Factor a;
  private final Factor b;
  private final int[] rows;
  private final int[] columns;
  private final Tables tables;

  /**
   * Prepares tables.
   *
   * @param rows offsets of C's rows
   * @param columns offsets of C's columns
   */
  Product(Tables tables, Factor a, Factor b, int[] rows, int[] columns) {
    this.tables = tables;
    this.a = a;
    this.b = b;
    this.rows = rows;
    this.columns = columns;
  }

  /** What to multiply and where to: data and how to write it. */
  record Call(int tasks, Rows a, Rows b, Rows c, Rows bias, float scale, boolean keep) {}

  /** As in the kernels: products in one go. */
  private static final int MOST_TOGETHER = 4;

  /** Bytes of a product among a kernel's parameters. */
  private static final int PART_BYTES = 160;

  /** {@code C = (keep ? C : 0) + scale·A·B + bias} for every task. */
  void record(Recording to, Call call) {
    record(to, List.of(this), call);
  }

  /** Several products of the same data, in as few goes as there can be. */
  static void record(Recording to, List<Product> products, Call call) {
    for (int i = 0; i < products.size(); i += MOST_TOGETHER) {
      together(to, products.subList(i, Math.min(products.size(), i + MOST_TOGETHER)), call);
    }
  }

  private static void together(Recording to, List<Product> products, Call call) {
    Tile tile = Tile.fitting(products, call.tasks());
    Product first = products.get(0);
    ParameterBlock block = new ParameterBlock();
    int tiles = 0;
    for (Product product : products) {
      tiles += product.write(block, call, tile);
    }
    block.skip((MOST_TOGETHER - products.size()) * PART_BYTES).number(tiles).number(0);
    Arithmetic arithmetic = first.tables.arithmetic();
    String kernel =
        tile.kernels(arithmetic)
            + "_"
            + (first.a.along() ? 'k' : 'r')
            + (first.b.along() ? 'k' : 'r');
    to.launch(kernel, Math.multiplyExact(tiles, call.tasks()), tile.threads(arithmetic), 0, block);
  }

  /** Writes one product; returns its tiles. */
  private int write(ParameterBlock block, Call call, Tile tile) {
    int across = tile.across(columns.length);
    int tiles = across * tile.down(rows.length);
    factor(block, call.a(), a);
    factor(block, call.b(), b);
    block
        .pointer(call.c().data())
        .wide(call.c().stride())
        .pointer(tables.of(rows))
        .pointer(tables.of(columns));
    call.bias().to(block);
    block
        .number(rows.length)
        .number(columns.length)
        .number(a.depth())
        .number(across)
        .number(tiles)
        .flag(call.keep())
        .real(call.scale())
        .number(0);
    return tiles;
  }

  private void factor(ParameterBlock block, Rows data, Factor factor) {
    int[] steps = factor.steps();
    data.to(block)
        .pointer(tables.of(factor.rows()))
        .pointer(steps == null ? factor.stepsAddress() : tables.of(steps))
        .wide(factor.stepsTask());
  }

  int rows() {
    return rows.length;
  }

  int columns() {
    return columns.length;
  }
}
