package io.engram.cli.taste;

import java.util.Locale;

/** How wrong an answer is: less is better. */
enum ErrorKind {
  /** Of classes: the share of rows whose class was not told. */
  SHARE_WRONG("shareWrong", "share wrong") {
    @Override
    double of(double score) {
      return 1 - score;
    }

    @Override
    String finite(double error) {
      return String.format(Locale.ROOT, "%.1f %%", 100 * error);
    }
  },
  /** Of numbers: the mean squared error, in squared units of the label. */
  SQUARED("mse", "squared error") {
    @Override
    double of(double score) {
      return score;
    }

    @Override
    String finite(double error) {
      return error == 0 ? "0" : String.format(Locale.ROOT, "%.4g", error);
    }
  };

  private final String key;
  private final String words;

  ErrorKind(String key, String words) {
    this.key = key;
    this.words = words;
  }

  static ErrorKind of(Table table) {
    return table.classification() ? SHARE_WRONG : SQUARED;
  }

  /** For programs. */
  String key() {
    return key;
  }

  /** For people. */
  String words() {
    return words;
  }

  /** What a task's score means: accuracy or mean squared error. */
  abstract double of(double score);

  /** For people; a dash where there is none. */
  String format(double error) {
    return Double.isFinite(error) ? finite(error) : "–";
  }

  abstract String finite(double error);
}
