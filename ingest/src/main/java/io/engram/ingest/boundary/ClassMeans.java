package io.engram.ingest.boundary;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** 1 where the nearest of the class means so far is another class's, 0 where it is the example's own; of the classes first seen. */
final class ClassMeans implements Yardstick {

  private static final int MOST_CLASSES = 64;

  private final Map<Integer, Mean> means = new LinkedHashMap<>();

  /** Of a class. */
  private static final class Mean {
    private final float[] sum;
    private int count;

    Mean(int size) {
      this.sum = new float[size];
    }

    void add(float[] sketch) {
      count++;
      for (int i = 0; i < sum.length; i++) {
        sum[i] += sketch[i];
      }
    }

    double distance(float[] sketch) {
      double squares = 0;
      for (int i = 0; i < sum.length; i++) {
        double off = sketch[i] - sum[i] / count;
        squares += off * off;
      }
      return squares;
    }
  }

  ClassMeans() {}

  ClassMeans(DataInputStream in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      int label = in.readInt();
      Mean mean = new Mean(in.readInt());
      mean.count = in.readInt();
      for (int i = 0; i < mean.sum.length; i++) {
        mean.sum[i] = in.readFloat();
      }
      means.put(label, mean);
    }
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    out.writeInt(means.size());
    for (Map.Entry<Integer, Mean> one : means.entrySet()) {
      out.writeInt(one.getKey());
      out.writeInt(one.getValue().sum.length);
      out.writeInt(one.getValue().count);
      for (float number : one.getValue().sum) {
        out.writeFloat(number);
      }
    }
  }

  @Override
  public double measure(Observation example) {
    double loss = loss(example);
    if (means.size() < MOST_CLASSES || means.containsKey(example.label())) {
      means
          .computeIfAbsent(example.label(), label -> new Mean(example.sketch().length))
          .add(example.sketch());
    }
    return loss;
  }

  private double loss(Observation example) {
    Mean own = means.get(example.label());
    if (own == null || means.size() < 2) {
      return Double.NaN;
    }
    double nearest = own.distance(example.sketch());
    for (Mean other : means.values()) {
      if (other != own && other.distance(example.sketch()) < nearest) {
        return 1;
      }
    }
    return 0;
  }
}
