package io.engram.engine.cuda;

import java.util.List;

/** The sizes of tile that there are kernels for: each block makes one. */
enum Tile {
  LARGE("large", 64, 128, 128, 256, 1.0),
  MEDIUM("medium", 64, 64, 64, 128, 1.1),
  SMALL("small", 32, 32, 64, 64, 1.8);

  /** Enough blocks to keep a card busy; with fewer, smaller tiles are quicker. */
  private static final int ENOUGH_BLOCKS = 256;

  private final String size;
  private final int high;
  private final int wide;
  private final int threads;
  private final int tensorThreads;
  private final double costPerElement;

  Tile(String size, int high, int wide, int threads, int tensorThreads, double costPerElement) {
    this.size = size;
    this.high = high;
    this.wide = wide;
    this.threads = threads;
    this.tensorThreads = tensorThreads;
    this.costPerElement = costPerElement;
  }

  /** The quickest for these products of so many tasks. */
  static Tile fitting(List<Product> products, int tasks) {
    Tile best = SMALL;
    double least = Double.MAX_VALUE;
    for (Tile tile : values()) {
      long blocks = 0;
      for (Product product : products) {
        blocks += (long) tile.across(product.columns()) * tile.down(product.rows()) * tasks;
      }
      double work = (double) Math.max(blocks, ENOUGH_BLOCKS) * tile.high * tile.wide;
      double cost = work * tile.costPerElement;
      if (cost < least) {
        least = cost;
        best = tile;
      }
    }
    return best;
  }

  /** What its kernels' names begin with. */
  String kernels(Arithmetic arithmetic) {
    return arithmetic.kernels() + '_' + size;
  }

  /** Threads of a block. */
  int threads(Arithmetic arithmetic) {
    return arithmetic.onTensorCores() ? tensorThreads : threads;
  }

  /** Tiles beside each other. */
  int across(int columns) {
    return (columns + wide - 1) / wide;
  }

  /** Tiles below each other. */
  int down(int rows) {
    return (rows + high - 1) / high;
  }
}
