package io.engram.benchmarks.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A figure over time. */
final class Trend {

  private static final int BLOCKS = 20;

  /** 97.5 % quantile of Student's t with 18 degrees of freedom. */
  private static final double T = 2.101;

  private final List<double[]> samples = new ArrayList<>();

  /**
   * A straight line through a figure.
   *
   * @param mean of the figure
   * @param perHour its growth
   * @param halfWidth of the 95 % interval of that
   */
  record Slope(double mean, double perHour, double halfWidth) {}

  void add(double hours, double value) {
    samples.add(new double[] {hours, value});
  }

  /** The largest value, warm-up included. */
  double largest() {
    return samples.stream().mapToDouble(it -> it[1]).max().orElse(0);
  }

  /**
   * Least squares through the means of {@value #BLOCKS} stretches of the last two thirds: neighbouring samples depend on each
   * other, means of stretches hardly do.
   */
  Slope slopeAfterWarmUp() {
    List<double[]> blocks = blocks(samples.subList(samples.size() / 3, samples.size()));
    double meanTime = blocks.stream().mapToDouble(it -> it[0]).average().orElse(0);
    double meanValue = blocks.stream().mapToDouble(it -> it[1]).average().orElse(0);
    double times = 0;
    double products = 0;
    for (double[] block : blocks) {
      times += (block[0] - meanTime) * (block[0] - meanTime);
      products += (block[0] - meanTime) * (block[1] - meanValue);
    }
    double slope = products / times;
    double residuals = 0;
    for (double[] block : blocks) {
      double residual = block[1] - meanValue - slope * (block[0] - meanTime);
      residuals += residual * residual;
    }
    double error = Math.sqrt(residuals / (blocks.size() - 2) / times);
    return new Slope(meanValue, slope, T * error);
  }

  private static List<double[]> blocks(List<double[]> values) {
    List<double[]> blocks = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      List<double[]> block =
          values.subList(i * values.size() / BLOCKS, (i + 1) * values.size() / BLOCKS);
      blocks.add(
          new double[] {
            block.stream().mapToDouble(it -> it[0]).average().orElse(0),
            block.stream().mapToDouble(it -> it[1]).average().orElse(0)
          });
    }
    return blocks;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "now %.1f", samples.get(samples.size() - 1)[1]);
  }
}
