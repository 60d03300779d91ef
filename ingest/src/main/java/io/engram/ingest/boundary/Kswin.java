package io.engram.ingest.boundary;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * KSWIN (Raab, Heusinger and Schleif, Reactive Soft Prototype Computing for Concept Drift Streams, Neurocomputing 2020): the latest numbers of a
 * window against as many drawn from the older ones, by the distance of Kolmogorov and Smirnov. After a change the latest stay. What is
 * drawn follows from the count of numbers seen.
 */
final class Kswin implements ChangeDetector {

  private final double alpha;
  private final int size;
  private final int latest;
  private double[] window = new double[0];
  private long seen;

  /**
   * @param alpha how likely a false alarm may be
   * @param size numbers in the window; three tenths of them are the latest
   */
  Kswin(double alpha, int size) {
    this.alpha = alpha;
    this.size = size;
    this.latest = 3 * size / 10;
  }

  Kswin(double alpha, int size, DataInputStream in) throws IOException {
    this(alpha, size);
    seen = in.readLong();
    window = new double[in.readInt()];
    for (int i = 0; i < window.length; i++) {
      window[i] = in.readDouble();
    }
    if (window.length > size) {
      window = Arrays.copyOfRange(window, window.length - size, window.length);
    }
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    out.writeLong(seen);
    out.writeInt(window.length);
    for (double one : window) {
      out.writeDouble(one);
    }
  }

  @Override
  public int add(double value) {
    seen++;
    int from = window.length < size ? 0 : 1;
    double[] next = Arrays.copyOfRange(window, from, window.length + 1);
    next[next.length - 1] = value;
    window = next;
    if (window.length < size) {
      return NONE;
    }
    double[] fresh = Arrays.copyOfRange(window, size - latest, size);
    if (distance(drawn(), fresh) <= Math.sqrt(-Math.log(alpha) / latest)) {
      return NONE;
    }
    window = fresh;
    return latest;
  }

  private double[] drawn() {
    double[] drawn = new double[latest];
    for (int i = 0; i < latest; i++) {
      long bits = Mixing.mix(seen * latest + i);
      drawn[i] = window[(int) Math.floorMod(bits, (long) (size - latest))];
    }
    return drawn;
  }

  /** The greatest distance of the two distribution functions. */
  private static double distance(double[] a, double[] b) {
    Arrays.sort(a);
    Arrays.sort(b);
    double greatest = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      double at = Math.min(a[i], b[j]);
      while (i < a.length && a[i] <= at) {
        i++;
      }
      while (j < b.length && b[j] <= at) {
        j++;
      }
      greatest = Math.max(greatest, Math.abs((double) i / a.length - (double) j / b.length));
    }
    return greatest;
  }
}
