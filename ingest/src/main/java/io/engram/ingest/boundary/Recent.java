package io.engram.ingest.boundary;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** The latest sketches with their classes, the newest at 0. */
final class Recent {

  private final int most;
  private final int size;
  private final float[] sketches;
  private final int[] labels;
  private int count;
  private int next;

  /**
   * @param most how many
   * @param size numbers of a sketch
   */
  Recent(int most, int size) {
    this.most = most;
    this.size = size;
    this.sketches = new float[most * size];
    this.labels = new int[most];
  }

  void read(DataInputStream in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      int label = in.readInt();
      float[] sketch = new float[size];
      for (int i = 0; i < size; i++) {
        sketch[i] = in.readFloat();
      }
      add(sketch, label);
    }
  }

  /** The oldest first. */
  void write(DataOutputStream out) throws IOException {
    out.writeInt(count);
    for (int back = count - 1; back >= 0; back--) {
      out.writeInt(label(back));
      for (int i = 0; i < size; i++) {
        out.writeFloat(sketches[at(back) * size + i]);
      }
    }
  }

  void add(float[] sketch, int label) {
    System.arraycopy(sketch, 0, sketches, next * size, size);
    labels[next] = label;
    next = (next + 1) % most;
    count = Math.min(count + 1, most);
  }

  int count() {
    return count;
  }

  int label(int back) {
    return labels[at(back)];
  }

  void addTo(double[] sum, int back) {
    int from = at(back) * size;
    for (int i = 0; i < size; i++) {
      sum[i] += sketches[from + i];
    }
  }

  /** How many classes there are. */
  int kinds() {
    Set<Integer> kinds = new HashSet<>();
    for (int i = 0; i < count; i++) {
      kinds.add(labels[i]);
    }
    return Math.max(1, kinds.size());
  }

  private int at(int back) {
    return Math.floorMod(next - 1 - back, most);
  }
}
