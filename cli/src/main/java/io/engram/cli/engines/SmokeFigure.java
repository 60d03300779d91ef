package io.engram.cli.engines;

/**
 * What an engine made of the {@link SmokeWorkload}.
 *
 * @param microsPerTaskStep median time of a meta-update, divided by its tasks and inner steps
 * @param update one meta-update
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record SmokeFigure(double microsPerTaskStep, float[] update) {

  /** The largest difference of the two updates in any parameter, as a part of the other's largest; NaN where either is not finite. */
  public double differenceFrom(SmokeFigure other) {
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < update.length; i++) {
      difference = Math.max(difference, Math.abs((double) update[i] - other.update[i]));
      largest = Math.max(largest, Math.abs((double) other.update[i]));
    }
    return difference / largest;
  }
}
