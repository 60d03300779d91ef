package io.engram.experiments.omniglot;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.learning.Mean;
import io.engram.core.compute.episode.NormalizationMode;
import java.util.Locale;

/** Accuracies as lines of a report, in per cent. */
final class Accuracy {

  /** The largest score there is. */
  static final double ALL_RIGHT = 1;

  /** How close a published figure must be met, in points. */
  private static final double WITHIN = 0.5;

  private Accuracy() {}

  /** A line of progress. */
  static String say(String name, NormalizationMode mode, Mean accuracy) {
    Mean percent = accuracy.times(100);
    return String.format(
        Locale.ROOT, "%s: %s %.2f %% %s", name, metric(mode), percent.value(), percent.spread());
  }

  /** Beside a published figure. */
  static Case beside(String name, NormalizationMode mode, Mean accuracy, double published) {
    Mean percent = accuracy.times(100);
    double goal = published - WITHIN;
    return Case.of(name, metric(mode), percent.value(), "%", percent.spread())
        .versus(
            String.format(Locale.ROOT, "published %.2f", published), percent.value() / published)
        .goal(String.format(Locale.ROOT, ">= %.2f %%", goal), percent.value() >= goal);
  }

  /** Beside another of our own that it should exceed. */
  static Case above(
      String name, NormalizationMode mode, Mean accuracy, String other, Mean otherAccuracy) {
    Mean percent = accuracy.times(100);
    double others = otherAccuracy.times(100).value();
    return Case.of(name, metric(mode), percent.value(), "%", percent.spread())
        .versus(other, percent.value() / others)
        .goal(String.format(Locale.ROOT, "> %.2f %%", others), percent.value() > others);
  }

  /** Alone. */
  static Case of(String name, NormalizationMode mode, Mean accuracy) {
    Mean percent = accuracy.times(100);
    return Case.of(name, metric(mode), percent.value(), "%", percent.spread());
  }

  private static String metric(NormalizationMode mode) {
    return mode == NormalizationMode.TRANSDUCTIVE
        ? "accuracy, transductive"
        : "accuracy, non-transductive";
  }
}
