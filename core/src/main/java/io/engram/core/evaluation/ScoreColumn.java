package io.engram.core.evaluation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Whose predictions are scored side by side on every task, and what else is noted of the model's: the columns of every table of scores. A column says itself what it is called;
 * windows, stores, manifests and views take whatever columns there are, in this order.
 */
public enum ScoreColumn {
  /** The meta-parameters of that moment, adapted on the support set. */
  MODEL("model", "model", "learned model", Shown.ALWAYS),
  /** θ₀ adapted in the same way. */
  UNTRAINED("untrained", "untrained", "never updated", Shown.ALWAYS),
  /** The label of the nearest support example; regression has no such score. */
  NEAREST_NEIGHBOUR(
      "nearestNeighbour", "nearest neighbour", "nearest neighbour", Shown.WHERE_THERE_IS_ONE),
  /** The mean of the support labels; of classes the most frequent. */
  SUPPORT_MEAN("supportMean", "support mean", "support mean", Shown.ON_THE_BOARD),
  /** The newest label of the support set. */
  LAST_LABEL("lastLabel", "last label", "last label", Shown.ON_THE_BOARD),
  /** The mean label of the three nearest support examples; classes have the nearest one. */
  THREE_NEAREST("threeNearest", "three nearest", "three nearest", Shown.ON_THE_BOARD),
  /** Ridge regression, or for classes softmax regression, on the support set alone. */
  SUPPORT_FIT("supportFit", "linear fit", "linear fit", Shown.ON_THE_BOARD),
  /** One linear model of all rows so far, that never adapts; where the learner has one. */
  GLOBAL("globalModel", "one linear model for all", "one for all", Shown.ON_THE_BOARD),
  /** The model's absolute error, of numbers. */
  ABSOLUTE_ERROR("absoluteError", "absolute error", "absolute error", Shown.ABOUT_THE_MODEL),
  /** The model's negative logarithm of the true class's probability. */
  LOG_LOSS("logLoss", "log loss", "log loss", Shown.ABOUT_THE_MODEL),
  /** Share of numbers within the model's intervals, which are to cover {@link #COVERED_LEVEL}. */
  COVERED("covered", "within 80 % intervals", "in intervals", Shown.ABOUT_THE_MODEL),
  /** The probability that the model gives the class it answers; calibrated, it is the accuracy. */
  CONFIDENCE("confidence", "confidence", "confidence", Shown.ABOUT_THE_MODEL),
  /** The model's accuracy in each class of a task, and of these the mean. */
  BALANCED_ACCURACY(
      "balancedAccuracy", "balanced accuracy", "balanced accuracy", Shown.ABOUT_THE_MODEL),
  /** The area under the model's curve of hits over false alarms, each class against the rest; tasks with one class have none. */
  AUC("auc", "area under the curve", "area under curve", Shown.ABOUT_THE_MODEL);

  /** The share that intervals are scored at. */
  public static final double COVERED_LEVEL = 0.8;

  /** Where a column is seen. */
  private enum Shown {
    ALWAYS,
    WHERE_THERE_IS_ONE,
    ON_THE_BOARD,
    ABOUT_THE_MODEL
  }

  private final String key;
  private final String words;
  private final String title;
  private final Shown shown;

  ScoreColumn(String key, String words, String title, Shown shown) {
    this.key = key;
    this.words = words;
    this.title = title;
    this.shown = shown;
  }

  /** For programs: in lines of JSON, and in the names of metrics. */
  public String key() {
    return key;
  }

  /** For people, within a sentence. */
  public String words() {
    return words;
  }

  /** For people, at the head of a row. */
  public String title() {
    return title;
  }

  /** Whether it is shown even where there is no such score. */
  public boolean always() {
    return shown == Shown.ALWAYS;
  }

  /** Whether it is one of the cheap baselines that are fitted on the support set alone and shown together. */
  public boolean onTheBoard() {
    return shown == Shown.ON_THE_BOARD;
  }

  /** Whether it is no contender's score, but says more about the model's predictions. */
  public boolean aboutTheModel() {
    return shown == Shown.ABOUT_THE_MODEL;
  }

  /** A number for every column. */
  static Map<ScoreColumn, Double> each(ToDoubleFunction<ScoreColumn> value) {
    Map<ScoreColumn, Double> values = new EnumMap<>(ScoreColumn.class);
    for (ScoreColumn column : values()) {
      values.put(column, value.applyAsDouble(column));
    }
    return Collections.unmodifiableMap(values);
  }

  /** The numbers in the order of the columns; NaN for those that are left out at the end. */
  static Map<ScoreColumn, Double> inOrder(double... values) {
    ScoreColumn[] columns = values();
    if (values.length > columns.length) {
      throw new IllegalArgumentException(
          "%d scores for %d columns".formatted(values.length, columns.length));
    }
    Map<ScoreColumn, Double> map = new EnumMap<>(ScoreColumn.class);
    for (int i = 0; i < columns.length; i++) {
      map.put(columns[i], i < values.length ? values[i] : Double.NaN);
    }
    return Collections.unmodifiableMap(map);
  }

  static double of(Map<ScoreColumn, Double> values, ScoreColumn column) {
    return values.getOrDefault(column, Double.NaN);
  }
}
