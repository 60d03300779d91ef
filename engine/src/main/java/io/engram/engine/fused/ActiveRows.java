package io.engram.engine.fused;

import io.engram.core.compute.SparseInput;
import io.engram.core.compute.StreamBatch;
import java.util.Arrays;

/** What goes into a layer, without the zeros, example by example. Reused; grows only. */
final class ActiveRows {

  /** Example b has its active units in {@code unit} and {@code value} from {@code start[b]} to {@code start[b + 1]}. */
  int[] start = new int[1];

  int[] unit = new int[0];
  float[] value = new float[0];
  int examples;

  /** Takes the inputs of a batch. */
  void load(StreamBatch batch) {
    begin(batch.size());
    for (int b = 0; b < batch.size(); b++) {
      SparseInput input = batch.input(b);
      int active = input.indices().length;
      int at = start[b];
      reserve(at + active);
      System.arraycopy(input.indices(), 0, unit, at, active);
      System.arraycopy(input.values(), 0, value, at, active);
      start[b + 1] = at + active;
    }
  }

  /** Takes the activations of a layer for one example. */
  void load(float[] activations) {
    begin(1);
    reserve(activations.length + 1);
    int at = 0;
    for (int i = 0; i < activations.length; i++) {
      unit[at] = i;
      value[at] = activations[i];
      at += activations[i] != 0 ? 1 : 0;
    }
    start[1] = at;
  }

  private void begin(int size) {
    examples = size;
    if (start.length <= size) {
      start = new int[2 * size + 1];
    }
  }

  private void reserve(int needed) {
    if (unit.length < needed) {
      unit = Arrays.copyOf(unit, Math.max(1024, 2 * needed));
      value = Arrays.copyOf(value, unit.length);
    }
  }
}
