package io.engram.experiments.tables;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What everybody lost on every task of one stream. */
final class Outcome {

  /** Left out at the start, where nobody has learned anything. Of a short stream a quarter. */
  private static final int FIRST = 20;

  private static final int LAST = 200;

  private final KeyedStream stream;
  private final Map<String, Map<Loss, double[]>> losses = new LinkedHashMap<>();
  private final Map<String, Double> said = new LinkedHashMap<>();

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

  /** Notes what else there is to say of the learner. */
  void say(String what, double value) {
    said.put(what, value);
  }

  Map<String, Double> said() {
    return said;
  }

  /** The first task that counts. */
  int first() {
    return Math.min(FIRST, stream.tasks().size() / 4);
  }

  /** All of it, to be kept. */
  Kept kept() {
    return new Kept(losses, said);
  }

  /** Takes what was kept of an earlier run. */
  void take(Kept kept) {
    losses.putAll(kept.losses);
    said.putAll(kept.said);
  }

  /** What is kept of a stream's run. */
  record Kept(Map<String, Map<Loss, double[]>> losses, Map<String, Double> said) {}

  /** Losses less those of another, task by task, over the tasks that count: their mean and its standard error. */
  double[] difference(String name, String other) {
    double[] mine = losses.getOrDefault(name, Map.of()).getOrDefault(main(), new double[0]);
    double[] theirs = losses.getOrDefault(other, Map.of()).getOrDefault(main(), new double[0]);
    double[] differences =
        IntStream.range(first(), Math.min(mine.length, theirs.length))
            .mapToDouble(i -> mine[i] - theirs[i])
            .filter(value -> !Double.isNaN(value))
            .toArray();
    double mean = Arrays.stream(differences).average().orElse(Double.NaN);
    double squares = Arrays.stream(differences).map(it -> (it - mean) * (it - mean)).sum();
    return new double[] {mean, Math.sqrt(squares) / differences.length};
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
    int first = first();
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
