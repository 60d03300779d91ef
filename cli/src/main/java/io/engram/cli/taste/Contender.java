package io.engram.cli.taste;

import io.engram.core.evaluation.ScoreColumn;
import java.util.List;

/**
 * Who answers tasks.
 *
 * @param column where its scores stand
 * @param title at the head of a row
 * @param what it does, in words
 */
record Contender(ScoreColumn column, String title, String what) {

  /** All that answer tables of this kind, Engram first. */
  static List<Contender> of(boolean classes, int half) {
    return List.of(
        engram(half),
        new Contender(
            ScoreColumn.SUPPORT_MEAN,
            "support mean",
            classes
                ? "the commonest class of the %d rows".formatted(half)
                : "the mean label of the %d rows".formatted(half)),
        new Contender(
            ScoreColumn.LAST_LABEL,
            "last label",
            "the newest label of the %d rows".formatted(half)),
        classes
            ? new Contender(
                ScoreColumn.NEAREST_NEIGHBOUR,
                "nearest row",
                "the label of the nearest of the %d rows".formatted(half))
            : new Contender(
                ScoreColumn.THREE_NEAREST,
                "three nearest",
                "the mean label of the 3 nearest of the %d rows".formatted(half)),
        new Contender(
            ScoreColumn.SUPPORT_FIT,
            "linear fit",
            "%s on the %d rows".formatted(classes ? "softmax regression" : "ridge", half)),
        new Contender(
            ScoreColumn.GLOBAL, "one for all", "one linear model of all rows, never adapted"));
  }

  private static Contender engram(int half) {
    return new Contender(
        ScoreColumn.MODEL,
        "Engram",
        "learned from all tasks before, adapted to the %d rows".formatted(half));
  }

  boolean baseline() {
    return column != ScoreColumn.MODEL;
  }
}
