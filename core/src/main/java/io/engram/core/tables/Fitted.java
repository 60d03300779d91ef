package io.engram.core.tables;

import io.engram.core.trees.Boosting;
import io.engram.core.trees.Forest;
import java.nio.FloatBuffer;

/**
 * What is fitted to tasks anew, now and then.
 *
 * @param rows linear model of rows, whatever their task
 * @param changes linear model of rows' differences; of numbers alone, else of no inputs
 * @param views linear model of views
 * @param alone trees on views
 * @param correcting trees on views whose answers are added to those of {@code views}
 */
record Fitted(
    LinearModel rows, LinearModel changes, LinearModel views, Forest alone, Forest correcting) {

  /** Answers 0. */
  static Fitted nothing(TableShape shape) {
    return new Fitted(
        LinearModel.zero(shape.columns(), shape.outputs()),
        LinearModel.zero(changed(shape), shape.classes() ? 0 : shape.outputs()),
        LinearModel.zero(shape.viewLength(), shape.outputs()),
        Forest.bare(shape.scores(), shape.alone()),
        Forest.bare(shape.scores(), shape.correcting()));
  }

  static int length(TableShape shape) {
    return LinearModel.length(shape.columns(), shape.outputs())
        + (shape.classes() ? 0 : LinearModel.length(shape.columns(), shape.outputs()))
        + LinearModel.length(shape.viewLength(), shape.outputs())
        + shape.forestLength(shape.alone())
        + shape.forestLength(shape.correcting());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if a tree splits by what there is not
   */
  static Fitted read(TableShape shape, FloatBuffer in) {
    LinearModel rows = LinearModel.read(shape.columns(), shape.outputs(), in);
    LinearModel changes =
        LinearModel.read(changed(shape), shape.classes() ? 0 : shape.outputs(), in);
    LinearModel views = LinearModel.read(shape.viewLength(), shape.outputs(), in);
    Forest alone = forest(shape, shape.alone(), in);
    return new Fitted(rows, changes, views, alone, forest(shape, shape.correcting(), in));
  }

  void write(FloatBuffer out) {
    out.put(rows.flat()).put(changes.flat()).put(views.flat());
    out.put(alone.flat()).put(correcting.flat());
  }

  private static int changed(TableShape shape) {
    return shape.classes() ? 0 : shape.columns();
  }

  private static Forest forest(TableShape shape, Boosting boosting, FloatBuffer in) {
    float[] flat = new float[shape.forestLength(boosting)];
    in.get(flat);
    Forest forest = new Forest(shape.scores(), boosting.depth(), boosting.rounds(), flat);
    forest.requireInputs(shape.viewLength());
    return forest;
  }
}
