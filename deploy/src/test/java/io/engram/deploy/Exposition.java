package io.engram.deploy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Metrics in Prometheus' text format. */
final class Exposition {

  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{([^}]*)})? (\\S+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  private final Map<String, Set<String>> labels = new HashMap<>();
  private final Map<String, Double> sums = new HashMap<>();

  Exposition(String text) {
    Matcher samples = SAMPLE.matcher(text);
    while (samples.find()) {
      String name = samples.group(1);
      Set<String> names = labels.computeIfAbsent(name, it -> new TreeSet<>());
      if (samples.group(2) != null) {
        LABEL
            .matcher(samples.group(2))
            .results()
            .map(MatchResult::group)
            .forEach(label -> names.add(label.substring(0, label.indexOf('='))));
      }
      sums.merge(name, Double.valueOf(samples.group(3)), Double::sum);
    }
  }

  /** Every metric with its labels. */
  Map<String, Set<String>> labels() {
    return labels;
  }

  /** Over all labels; NaN if there is no such metric. */
  double sum(String metric) {
    return sums.getOrDefault(metric, Double.NaN);
  }
}
