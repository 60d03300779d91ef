package io.engram.ingest.boundary;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** How far features are from the mean of those before, against how far those were: d / (d + mean d). */
final class FeatureDistance implements Yardstick {

  private static final int FEWEST = 3;

  private double[] mean = new double[0];
  private int count;
  private double distances;

  FeatureDistance() {}

  FeatureDistance(DataInputStream in) throws IOException {
    mean = new double[in.readInt()];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = in.readDouble();
    }
    count = in.readInt();
    distances = in.readDouble();
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    out.writeInt(mean.length);
    for (double one : mean) {
      out.writeDouble(one);
    }
    out.writeInt(count);
    out.writeDouble(distances);
  }

  @Override
  public double measure(Observation example) {
    float[] x = example.sketch();
    if (mean.length != x.length) {
      mean = new double[x.length];
      count = 0;
      distances = 0;
    }
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      double off = x[i] - mean[i];
      squares += off * off;
      mean[i] += off / (count + 1);
    }
    double usual = count == 0 ? 0 : distances / count;
    double measured =
        count < FEWEST || squares + usual == 0 ? Double.NaN : squares / (squares + usual);
    count++;
    distances += squares;
    return measured;
  }
}
