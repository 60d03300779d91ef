package io.engram.ingest.boundary;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * ADWIN2 (Bifet and Gavaldà, Learning from Time-Changing Data with Adaptive Windowing, SDM 2007): a window as long as its older and its newer part
 * have means that cannot be told apart, kept as an exponential histogram: in row i at most {@value #MOST_OF_A_SIZE} buckets of 2^i
 * numbers. It looks for a cut at every {@value #CLOCK}th number.
 */
final class Adwin implements ChangeDetector {

  private static final int MOST_OF_A_SIZE = 5;
  private static final int CLOCK = 32;
  private static final int SHORTEST_WINDOW = 10;
  private static final int SHORTEST_PART = 5;

  /** Sum of a bucket's numbers, and of their squared deviations from its mean. */
  private record Bucket(double sum, double deviation) {}

  private final double delta;

  /** By size, each the oldest first. */
  private final List<List<Bucket>> rows = new ArrayList<>();

  private long seen;
  private int width;
  private double sum;
  private double deviation;

  /**
   * @param delta the confidence δ of the paper
   */
  Adwin(double delta) {
    this.delta = delta;
  }

  Adwin(double delta, DataInputStream in) throws IOException {
    this(delta);
    seen = in.readLong();
    for (int left = in.readInt(); left > 0; left--) {
      List<Bucket> row = new ArrayList<>();
      for (int buckets = in.readInt(); buckets > 0; buckets--) {
        Bucket bucket = new Bucket(in.readDouble(), in.readDouble());
        row.add(bucket);
      }
      rows.add(row);
    }
    width = in.readInt();
    sum = in.readDouble();
    deviation = in.readDouble();
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    out.writeLong(seen);
    out.writeInt(rows.size());
    for (List<Bucket> row : rows) {
      out.writeInt(row.size());
      for (Bucket bucket : row) {
        out.writeDouble(bucket.sum);
        out.writeDouble(bucket.deviation);
      }
    }
    out.writeInt(width);
    out.writeDouble(sum);
    out.writeDouble(deviation);
  }

  @Override
  public int add(double value) {
    insert(value);
    seen++;
    if (seen % CLOCK != 0 || width <= SHORTEST_WINDOW) {
      return NONE;
    }
    boolean cut = false;
    while (hasCut()) {
      dropOldest();
      cut = true;
    }
    return cut ? width : NONE;
  }

  /** Numbers in the window. */
  int width() {
    return width;
  }

  private void insert(double value) {
    if (width > 0) {
      double off = value - sum / width;
      deviation += off * off * width / (width + 1.0);
    }
    width++;
    sum += value;
    row(0).add(new Bucket(value, 0));
    for (int size = 0; rows.get(size).size() > MOST_OF_A_SIZE; size++) {
      Bucket a = rows.get(size).remove(0);
      Bucket b = rows.get(size).remove(0);
      row(size + 1).add(joined(a, b, 1 << size));
    }
  }

  private List<Bucket> row(int size) {
    if (size == rows.size()) {
      rows.add(new ArrayList<>());
    }
    return rows.get(size);
  }

  private static Bucket joined(Bucket a, Bucket b, int each) {
    double off = (a.sum - b.sum) / each;
    return new Bucket(a.sum + b.sum, a.deviation + b.deviation + off * off * each / 2.0);
  }

  /** Whether the window falls into two parts whose means differ by more than chance allows. */
  private boolean hasCut() {
    double old = 0;
    double oldSum = 0;
    for (int size = rows.size() - 1; size >= 0; size--) {
      for (Bucket bucket : rows.get(size)) {
        old += 1 << size;
        oldSum += bucket.sum;
        double fresh = width - old;
        if (old > SHORTEST_PART
            && fresh > SHORTEST_PART
            && Math.abs(oldSum / old - (sum - oldSum) / fresh) > epsilon(old, fresh)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * ε_cut of the paper, with δ' = δ / ln n. Either part counts for {@value #SHORTEST_PART} − 1 numbers less than it has, as in the authors' own
   * program: the bound is one for long parts.
   */
  private double epsilon(double old, double fresh) {
    double inverse = 1 / (old - SHORTEST_PART + 1) + 1 / (fresh - SHORTEST_PART + 1);
    double doubt = Math.log(2 * Math.log(width) / delta);
    double variance = deviation / width;
    return Math.sqrt(2 * inverse * variance * doubt) + 2.0 / 3 * doubt * inverse;
  }

  private void dropOldest() {
    int size = rows.size() - 1;
    Bucket oldest = rows.get(size).remove(0);
    int count = 1 << size;
    width -= count;
    sum -= oldest.sum;
    double off = oldest.sum / count - sum / width;
    deviation -= oldest.deviation + off * off * count * width / (count + width);
    deviation = Math.max(0, deviation);
    while (!rows.isEmpty() && rows.get(rows.size() - 1).isEmpty()) {
      rows.remove(rows.size() - 1);
    }
  }
}
