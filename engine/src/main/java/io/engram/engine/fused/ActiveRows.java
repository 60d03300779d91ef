package io.engram.engine.fused;

import io.engram.core.compute.SparseInput;
import io.engram.core.compute.StreamBatch;
import java.util.Arrays;

/**
 * What goes into a layer, without the zeros, seen from both sides: by example for the forward pass, and by input unit (a row of the
 * layer's weights) for its gradient, where each row is then read and written once for the whole batch. Reused; grows only.
 */
final class ActiveRows {

  /** Example b has its active units in {@code unit} and {@code value} from {@code start[b]} to {@code start[b + 1]}. */
  int[] start = new int[1];

  int[] unit = new int[0];
  float[] value = new float[0];
  int examples;

  /** Row r is {@code row[r]}; the examples it is active in lie from {@code rowStart[r]} to {@code rowStart[r + 1]}. */
  int[] row = new int[0];

  int[] rowStart = new int[1];
  int[] example = new int[0];
  float[] rowValue = new float[0];
  int rows;

  private final int[] place;

  ActiveRows(int units) {
    place = new int[units];
    row = new int[units];
    rowStart = new int[units + 1];
  }

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

  /** Takes the activations [size][units] of a layer. */
  void load(float[][] activations, int size) {
    begin(size);
    reserve(size * place.length);
    int at = 0;
    for (int b = 0; b < size; b++) {
      float[] activation = activations[b];
      for (int i = 0; i < activation.length; i++) {
        unit[at] = i;
        value[at] = activation[i];
        at += activation[i] != 0 ? 1 : 0;
      }
      start[b + 1] = at;
    }
  }

  /** Builds the view by row: a counting sort, so that examples stay in order within a row. */
  void groupByRow() {
    int total = start[examples];
    if (example.length < total) {
      example = new int[unit.length];
      rowValue = new float[unit.length];
    }
    Arrays.fill(place, 0);
    for (int k = 0; k < total; k++) {
      place[unit[k]]++;
    }
    rows = 0;
    int at = 0;
    for (int i = 0; i < place.length; i++) {
      if (place[i] > 0) {
        row[rows] = i;
        rowStart[rows++] = at;
        int count = place[i];
        place[i] = at;
        at += count;
      }
    }
    rowStart[rows] = at;
    for (int b = 0; b < examples; b++) {
      for (int k = start[b]; k < start[b + 1]; k++) {
        int to = place[unit[k]]++;
        example[to] = b;
        rowValue[to] = value[k];
      }
    }
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
