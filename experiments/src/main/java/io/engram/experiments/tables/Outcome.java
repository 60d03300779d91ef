package io.engram.experiments.tables;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What everybody lost on every task of one stream. */
final class Outcome {

  /** Left out at the start, where nobody has learned anything. Of a short stream a quarter. */
  private static final int FIRST = 20;

  private static final int LAST = 200;

  private final KeyedStream stream;
  private final Map<String, Map<Loss, double[]>> losses = new LinkedHashMap<>();

  Outcome(KeyedStream stream) {
    this.stream = stream;
  }

  KeyedStream stream() {
    return stream;
  }

  /** The loss that everybody is compared by. */
  Loss main() {
    return stream.classes() ? Loss.ERROR : Loss.SQUARED_ERROR;
  }

  List<Loss> kinds() {
    return stream.classes() ? List.of(Loss.ERROR, Loss.LOG_LOSS) : List.of(Loss.SQUARED_ERROR);
  }

  void put(String name, Loss loss, int task, double value) {
    losses.computeIfAbsent(name, key -> new EnumMap<>(Loss.class))
            .computeIfAbsent(loss, key -> unknown())[task] =
        value;
  }

  private double[] unknown() {
    double[] values = new double[stream.tasks().size()];
    Arrays.fill(values, Double.NaN);
    return values;
  }

  List<String> names() {
    return List.copyOf(losses.keySet());
  }

  /** The mean over the tasks of a part that were scored; NaN where none was. */
  double mean(String name, Loss loss, Part part) {
    double[] values = losses.getOrDefault(name, Map.of()).getOrDefault(loss, new double[0]);
    int first = Math.min(FIRST, values.length / 4);
    return Arrays.stream(values)
        .skip(part == Part.ALL ? first : Math.max(first, values.length - LAST))
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  /** Which of these lost least. */
  String best(List<String> names, Part part) {
    return names.stream()
        .min(Comparator.comparingDouble(name -> mean(name, main(), part)))
        .orElseThrow();
  }

  /** Tasks that a mean is taken over. */
  enum Part {
    ALL("all tasks"),
    LAST("last 200 tasks");

    final String words;

    Part(String words) {
      this.words = words;
    }
  }
}
