package io.engram.modelregistry.page;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a role shows at {@code /metrics}, in Prometheus' text format. Lines that are none are passed over. */
final class MetricsText {

  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(\\{[^}]*})? (\\S+)(?: \\d+)?");

  private final Map<String, Double> sums = new HashMap<>();
  private final Map<String, Double> samples = new HashMap<>();

  MetricsText(String text) {
    text.lines().filter(line -> !line.startsWith("#")).forEach(this::take);
  }

  /** All samples of a name together. */
  OptionalDouble sum(String name) {
    Double found = sums.get(name);
    return found == null || !Double.isFinite(found)
        ? OptionalDouble.empty()
        : OptionalDouble.of(found);
  }

  /** The same as a count; null where it is not known, which metrics also tell by −1. */
  @Nullable Long count(String name) {
    OptionalDouble found = sum(name);
    return found.isEmpty() || found.getAsDouble() < 0 ? null : (long) found.getAsDouble();
  }

  /** The samples of a name by the value of a label. */
  Map<String, Double> by(String name, String label) {
    Pattern value = Pattern.compile("\\b%s=\"([^\"]*)\"".formatted(label));
    Map<String, Double> found = new HashMap<>();
    samples.forEach(
        (series, number) -> {
          Matcher matcher = value.matcher(series);
          if (series.startsWith(name + "{") && matcher.find()) {
            found.merge(matcher.group(1), number, Double::sum);
          }
        });
    return found;
  }

  private void take(String line) {
    Matcher matcher = SAMPLE.matcher(line);
    if (!matcher.matches()) {
      return;
    }
    double number;
    try {
      number = Double.parseDouble(matcher.group(3));
    } catch (NumberFormatException e) {
      return;
    }
    sums.merge(matcher.group(1), number, Double::sum);
    samples.put(matcher.group(1) + (matcher.group(2) == null ? "" : matcher.group(2)), number);
  }
}
