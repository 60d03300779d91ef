package io.engram.ingest.boundary;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** How rare a label was among those before it: 1 − its share, each class counted once more than it came. */
final class LabelSurprise implements Yardstick {

  private static final int MOST_CLASSES = 256;

  private final Map<Integer, Integer> counts = new LinkedHashMap<>();
  private int count;

  LabelSurprise() {}

  LabelSurprise(DataInputStream in) throws IOException {
    count = in.readInt();
    for (int left = in.readInt(); left > 0; left--) {
      int label = in.readInt();
      counts.put(label, in.readInt());
    }
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    out.writeInt(count);
    out.writeInt(counts.size());
    for (Map.Entry<Integer, Integer> one : counts.entrySet()) {
      out.writeInt(one.getKey());
      out.writeInt(one.getValue());
    }
  }

  @Override
  public double measure(Observation example) {
    int own = counts.getOrDefault(example.label(), 0);
    double measured = count == 0 ? Double.NaN : 1 - (own + 1.0) / (count + counts.size() + 1.0);
    count++;
    if (counts.size() < MOST_CLASSES || own > 0) {
      counts.merge(example.label(), 1, Integer::sum);
    }
    return measured;
  }
}
