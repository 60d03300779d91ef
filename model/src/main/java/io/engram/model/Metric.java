package io.engram.model;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.ScoreWindow;
import io.engram.core.learning.Retained;
import io.engram.schemas.avro.ModelManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * A number that a version is judged by: under which key it stands in a manifest, what it is called, where it comes from. Which way is better
 * follows from what the version predicts, see {@link Measure}. A {@link ScoreColumn} is a metric by itself; others stand here.
 */
public final class Metric {

  private static final String WINDOW = "prequential.";

  /** Score of the last tasks before they were learned from; every learner states it. */
  public static final Metric PREQUENTIAL = new Metric("window", ScoreColumn.MODEL, "score");

  /** The same tasks scored with parameters that never learned. */
  public static final Metric UNTRAINED = of(ScoreColumn.UNTRAINED);

  /** Score on what was held out of learning, drawn over the whole past; where the learner keeps such. */
  public static final Metric RETAINED =
      new Metric("retained.score", "retained", it -> it.retained().score());

  /** What the best version before it got of the same. */
  public static final Metric RETAINED_BEFORE =
      new Metric("retained.before", "retained before", it -> it.retained().before());

  /** Score of the newest version on the oldest quarter of what was held out. */
  public static final Metric RETAINED_OLDEST =
      new Metric("retained.oldest", "retained, oldest", it -> it.retained().oldest());

  /** The same on the newest quarter. */
  public static final Metric RETAINED_NEWEST =
      new Metric("retained.newest", "retained, newest", it -> it.retained().newest());

  /** Of numbers, the share of the error of the support's mean that the model takes away: R² against it. */
  private static final Metric EXPLAINED =
      new Metric(WINDOW + "r2", "R² against the support mean", it -> it.window().explained());

  private static final List<Metric> ALL = all();

  private final String key;
  private final String words;
  private final ToDoubleFunction<Scores> value;

  private Metric(String key, String words, ToDoubleFunction<Scores> value) {
    this.key = key;
    this.words = words;
    this.value = value;
  }

  private Metric(String key, ScoreColumn column, String words) {
    this(WINDOW + key, words, it -> it.window().of(column));
  }

  /** What a learner knows of how well it does. */
  private record Scores(ScoreWindow window, Retained retained) {}

  /** A column's mean over the last window of tasks. */
  public static Metric of(ScoreColumn column) {
    return column == ScoreColumn.MODEL
        ? PREQUENTIAL
        : new Metric(column.key(), column, column.words());
  }

  /** The model's score by a measure, over the last window of tasks. */
  public static Metric of(Measure measure) {
    return of(measure.column());
  }

  /** What stands in the manifest: every metric that there is a number of. The registry refuses numbers that are none. */
  public static Map<String, Double> stated(ScoreWindow window, Retained retained) {
    Scores scores = new Scores(window, retained);
    Map<String, Double> stated = new TreeMap<>();
    stated.put(PREQUENTIAL.key, window.model());
    for (Metric metric : ALL) {
      double number = metric.value.applyAsDouble(scores);
      if (!Double.isNaN(number)) {
        stated.put(metric.key, number);
      }
    }
    return stated;
  }

  /** Its key in a manifest. */
  public String key() {
    return key;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** Its number in a manifest; NaN where it has none. */
  public double in(ModelManifest manifest) {
    return manifest.getMetrics().getOrDefault(key, Double.NaN);
  }

  @Override
  public String toString() {
    return key;
  }

  private static List<Metric> all() {
    List<Metric> all = new ArrayList<>();
    for (ScoreColumn column : ScoreColumn.values()) {
      all.add(of(column));
    }
    all.add(EXPLAINED);
    all.add(RETAINED);
    all.add(RETAINED_BEFORE);
    all.add(RETAINED_OLDEST);
    all.add(RETAINED_NEWEST);
    return List.copyOf(all);
  }
}
