package io.engram.ingest.boundary;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** How far a number is from what a line through those before it says, against how far they are from their mean: e / (e + v). */
final class LineError implements Yardstick {

  private static final double RATE = 0.5;
  private static final int FEWEST = 3;

  private double[] weights = new double[0];
  private int count;
  private double mean;
  private double deviation;

  LineError() {}

  LineError(DataInputStream in) throws IOException {
    weights = new double[in.readInt()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = in.readDouble();
    }
    count = in.readInt();
    mean = in.readDouble();
    deviation = in.readDouble();
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    out.writeInt(weights.length);
    for (double weight : weights) {
      out.writeDouble(weight);
    }
    out.writeInt(count);
    out.writeDouble(mean);
    out.writeDouble(deviation);
  }

  @Override
  public double measure(Observation example) {
    float[] x = example.sketch();
    if (weights.length != x.length + 1) {
      weights = new double[x.length + 1];
    }
    double said = weights[x.length];
    double squares = 1;
    for (int i = 0; i < x.length; i++) {
      said += weights[i] * x[i];
      squares += (double) x[i] * x[i];
    }
    double error = example.target() - said;
    double variance = count == 0 ? 0 : deviation / count;
    double loss =
        count < FEWEST || variance == 0 ? Double.NaN : error * error / (error * error + variance);
    // Normalised least mean squares.
    double step = RATE * error / squares;
    for (int i = 0; i < x.length; i++) {
      weights[i] += step * x[i];
    }
    weights[x.length] += step;
    count++;
    double off = example.target() - mean;
    mean += off / count;
    deviation += off * (example.target() - mean);
    return loss;
  }
}
