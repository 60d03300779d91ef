package io.engram.model;

import io.engram.core.network.Head;
import io.engram.schemas.avro.LabelSpace;
import java.util.Locale;

/** What a score measures: which way is better, how two compare, how it is written for people. */
public enum Measure {
  /** Share predicted right, in [0, 1]: better when larger; differs in absolute terms. */
  ACCURACY("accuracy", "accuracy") {
    @Override
    public double advantage(double value, double other) {
      return value - other;
    }

    @Override
    public double surprise(double score, double untrained) {
      return 1 - score;
    }

    @Override
    String finite(double value) {
      return String.format(Locale.ROOT, "%.1f %%", 100 * value);
    }
  },
  /** Mean squared error: better when smaller; differs relative to the other. */
  SQUARED_ERROR("mse", "squared error") {
    @Override
    public double advantage(double value, double other) {
      return other == 0 ? (value == 0 ? 0 : -1) : (other - value) / other;
    }

    @Override
    public double surprise(double score, double untrained) {
      return score / untrained;
    }

    @Override
    String finite(double value) {
      return String.format(Locale.ROOT, "%.4g", value);
    }
  };

  private final String key;
  private final String words;

  Measure(String key, String words) {
    this.key = key;
    this.words = words;
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

  /** For programs. */
  public String key() {
    return key;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** By how much a score is better than another; negative where it is worse. */
  public abstract double advantage(double value, double other);

  /** How badly a task was predicted: 0 for perfectly, 1 for not at all; beyond [0, 1], or NaN, where that cannot be said. */
  public abstract double surprise(double score, double untrained);

  /** A score for people; a dash where there is none. */
  public String format(double value) {
    return Double.isFinite(value) ? finite(value) : "–";
  }

  abstract String finite(double value);
}
