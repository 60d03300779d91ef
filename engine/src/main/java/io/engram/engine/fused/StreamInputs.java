package io.engram.engine.fused;

import io.engram.core.compute.stream.SparseInput;
import io.engram.core.compute.stream.StreamBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What goes into the first layer, [examples, columns], without the columns that are blank for all of them, or without all zeros. A batch that comes again unchanged, as a meta-batch does
 * after every inner step, is not gathered again. Reused; grows only.
 */
final class StreamInputs implements AutoCloseable {

  final Strips strips;
  final Slab values = new Slab();
  private final int[] active;
  private final SparseRows rows;
  private boolean sparse;
  private @Nullable StreamBatch loaded;
  private long changes;

  StreamInputs(int in) {
    this.strips = new Strips(in + 1);
    this.active = new int[in + 1];
    this.rows = new SparseRows(in);
  }

  void load(StreamBatch batch) {
    if (batch != loaded || batch.changes() != changes) {
      loaded = batch;
      changes = batch.changes();
      if (Simd.PRESENT) {
        rows.load(batch);
        strips.take(rows.counts());
        sparse = rows.few();
      } else {
        mark(batch);
        strips.take(active);
      }
      if (!sparse) {
        gather(batch, strips.columnOf(), strips.columns());
      }
    }
  }

  /** The inputs without their zeros, where that is the way to multiply them; else null, and {@link #values} holds them. */
  @Nullable SparseRows sparse() {
    return sparse ? rows : null;
  }

  /** X ← X ∘ X. */
  void square() {
    if (sparse) {
      rows.square();
    } else {
      Spans.square(values.updateHeap(), values.size());
    }
  }

  /** What was loaded was changed. */
  void forget() {
    loaded = null;
  }

  @Override
  public void close() {
    values.close();
  }

  private void mark(StreamBatch batch) {
    Arrays.fill(active, 0);
    for (int b = 0; b < batch.size(); b++) {
      for (int unit : batch.input(b).indices()) {
        active[unit] = 1;
      }
    }
  }

  private void gather(StreamBatch batch, int[] columnOf, int columns) {
    float[] x = values.writeHeap(batch.size() * columns);
    Arrays.fill(x, 0, batch.size() * columns, 0f);
    for (int b = 0; b < batch.size(); b++) {
      SparseInput input = batch.input(b);
      int[] indices = input.indices();
      float[] present = input.values();
      int row = b * columns;
      for (int k = 0; k < indices.length; k++) {
        x[row + columnOf[indices[k]]] = present[k];
      }
      x[row + columns - 1] = 1f;
    }
  }
}
