package io.engram.model;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.network.Head;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.ModelManifest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a score measures: which way is better, how two compare, how it is written for people. Versions are judged by {@link #ACCURACY} or
 * {@link #SQUARED_ERROR} unless whoever trained them wished for another one; that wish travels with the version.
 */
public enum Measure {
  /** Share predicted right, in [0, 1]. */
  ACCURACY("accuracy", "accuracy", ScoreColumn.MODEL, true, true),
  /** Mean squared error. */
  SQUARED_ERROR("mse", "squared error", ScoreColumn.MODEL, false, false),
  /** Share predicted right in each class, and of these the mean. */
  BALANCED_ACCURACY(
      "balanced-accuracy", "balanced accuracy", ScoreColumn.BALANCED_ACCURACY, true, true),
  /** Area under the curve of hits over false alarms, each class against the rest. */
  AUC("auc", "area under the curve", ScoreColumn.AUC, true, true),
  /** Negative logarithm of the true class's probability. */
  LOG_LOSS("log-loss", "log loss", ScoreColumn.LOG_LOSS, true, false),
  /** Mean absolute error. */
  ABSOLUTE_ERROR("mae", "absolute error", ScoreColumn.ABSOLUTE_ERROR, false, false);

  private static final String WORD = "score";

  private final String key;
  private final String words;
  private final ScoreColumn column;
  private final boolean ofClasses;
  private final boolean share;

  Measure(String key, String words, ScoreColumn column, boolean ofClasses, boolean share) {
    this.key = key;
    this.words = words;
    this.column = column;
    this.ofClasses = ofClasses;
    this.share = share;
  }

  /** That of a network's predictions. */
  public static Measure of(Head head) {
    return switch (head) {
      case SOFTMAX_CROSS_ENTROPY -> ACCURACY;
      case MEAN_SQUARED_ERROR -> SQUARED_ERROR;
    };
  }

  /** That of a version's scores: only versions without classes predict numbers. */
  public static Measure of(LabelSpace space) {
    return switch (space) {
      case PER_TASK, GLOBAL -> ACCURACY;
      case NONE -> SQUARED_ERROR;
    };
  }

  /** That by which a version wishes to be judged; one that this program does not know, or that does not fit, is passed over. */
  public static Measure judging(ModelManifest manifest) {
    Measure usual = of(manifest.getLabelSpace());
    return Optional.ofNullable(manifest.getLineage().getHyperParameters().get(WORD))
        .flatMap(Measure::named)
        .filter(it -> it.ofClasses == usual.ofClasses)
        .orElse(usual);
  }

  /** A version's hyper-parameters with the wish among them, where it is not the usual one. */
  public static Map<String, String> among(
      Map<String, String> hyperParameters, Measure wished, Head head) {
    if (wished == of(head)) {
      return hyperParameters;
    }
    Map<String, String> more = new TreeMap<>(hyperParameters);
    more.put(WORD, wished.key);
    return more;
  }

  /** The one of this key. */
  public static Optional<Measure> named(String key) {
    return Arrays.stream(values()).filter(it -> it.key.equals(key)).findFirst();
  }

  /** Keys of those that fit a network's predictions. */
  public static String keysFor(Head head) {
    return Arrays.stream(values())
        .filter(it -> it.fits(head))
        .map(Measure::key)
        .collect(Collectors.joining(", "));
  }

  /** Whether it measures such predictions. */
  public boolean fits(Head head) {
    return ofClasses == of(head).ofClasses;
  }

  /** For programs. */
  public String key() {
    return key;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** Where the model's score stands among the columns. */
  public ScoreColumn column() {
    return column;
  }

  /** Whether it lies in [0, 1] and is better when larger; others are errors, better when smaller. */
  public boolean share() {
    return share;
  }

  /** The worst there is. */
  public double worst() {
    return share ? 0 : Double.POSITIVE_INFINITY;
  }

  /** By how much a score is better than another, for shares in absolute terms, for errors relative to the other; negative where it is worse. */
  public double advantage(double value, double other) {
    if (share) {
      return value - other;
    }
    return other == 0 ? (value == 0 ? 0 : -1) : (other - value) / other;
  }

  /** How badly a task was predicted: 0 for perfectly, 1 for not at all; beyond [0, 1], or NaN, where that cannot be said. */
  public double surprise(double score, double untrained) {
    return share ? 1 - score : score / untrained;
  }

  /** A score for people; a dash where there is none. */
  public String format(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    return share
        ? String.format(Locale.ROOT, "%.1f %%", 100 * value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
