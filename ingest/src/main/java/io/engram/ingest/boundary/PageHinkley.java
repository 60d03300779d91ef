package io.engram.ingest.boundary;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The test of Page (Biometrika 1954) and Hinkley (Biometrika 1971) for a mean that goes up: the sum of what numbers are above their mean so far
 * and a slack, against the least it has been. It begins anew after a change.
 */
final class PageHinkley implements ChangeDetector {

  private static final int FEWEST = 10;

  private final double slack;
  private final double threshold;
  private int count;
  private double mean;
  private double sum;
  private double least;
  private int sinceLeast;

  /**
   * @param slack a rise of this much is none
   * @param threshold how much the sum must have gone up
   */
  PageHinkley(double slack, double threshold) {
    this.slack = slack;
    this.threshold = threshold;
  }

  PageHinkley(double slack, double threshold, DataInputStream in) throws IOException {
    this(slack, threshold);
    count = in.readInt();
    mean = in.readDouble();
    sum = in.readDouble();
    least = in.readDouble();
    sinceLeast = in.readInt();
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    out.writeInt(count);
    out.writeDouble(mean);
    out.writeDouble(sum);
    out.writeDouble(least);
    out.writeInt(sinceLeast);
  }

  @Override
  public int add(double value) {
    count++;
    mean += (value - mean) / count;
    sum += value - mean - slack;
    sinceLeast++;
    if (sum < least) {
      least = sum;
      sinceLeast = 0;
    }
    if (count < FEWEST || sum - least <= threshold) {
      return NONE;
    }
    int after = sinceLeast;
    count = 0;
    mean = 0;
    sum = 0;
    least = 0;
    sinceLeast = 0;
    return after;
  }
}
