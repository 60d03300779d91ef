package io.engram.experiments.lifelong;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A figure over seeds.
 *
 * @param mean over them
 * @param deviation sample standard deviation; NaN with one seed
 */
public record Spread(double mean, double deviation) {

  static <T> Spread of(List<T> outcomes, ToDoubleFunction<T> figure) {
    return of(outcomes.stream().mapToDouble(figure).toArray());
  }

  /** Of these values, one for each seed. */
  public static Spread of(double... values) {
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    return new Spread(mean, Math.sqrt(squares / (values.length - 1)));
  }

  @Override
  public String toString() {
    return Double.isNaN(deviation)
        ? String.format(Locale.ROOT, "%.1f", mean)
        : String.format(Locale.ROOT, "%.1f ± %.1f", mean, deviation);
  }
}
