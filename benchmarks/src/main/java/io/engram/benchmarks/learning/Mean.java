package io.engram.benchmarks.learning;

import java.util.Arrays;
import java.util.Locale;

/**
 * A mean over independent tasks.
 *
 * @param value the mean over the tasks that did not diverge
 * @param halfWidth of its 95 % interval, 1.96 standard errors
 * @param tasks how many tasks there were
 * @param diverged on how many of them the inner loop diverged; they are left out, for one of them would be the mean
 */
public record Mean(double value, double halfWidth, int tasks, int diverged) {

  /** The mean of {@code scores}, one a task; one that is not a number or above {@code limit} has diverged. */
  public static Mean of(double[] scores, double limit) {
    double[] kept = Arrays.stream(scores).filter(score -> score <= limit).toArray();
    double mean = Arrays.stream(kept).average().orElse(Double.NaN);
    double squares = Arrays.stream(kept).map(score -> (score - mean) * (score - mean)).sum();
    double deviation = Math.sqrt(squares / Math.max(1, kept.length - 1));
    return new Mean(
        mean,
        1.96 * deviation / Math.sqrt(kept.length),
        scores.length,
        scores.length - kept.length);
  }

  /** The same times {@code factor}, say 100 for per cent. */
  public Mean times(double factor) {
    return new Mean(value * factor, halfWidth * factor, tasks, diverged);
  }

  /** The interval and what it rests on, such as "± 0.21, 2,000 tasks". */
  public String spread() {
    String interval = halfWidth < 0.1 ? "± %.3f" : "± %.2f";
    return String.format(Locale.ROOT, interval + ", %,d tasks", halfWidth, tasks)
        + (diverged == 0 ? "" : ", %,d diverged and left out".formatted(diverged));
  }
}
