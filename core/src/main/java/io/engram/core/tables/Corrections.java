package io.engram.core.tables;

import java.nio.FloatBuffer;

/**
 * What two of a model's experts got wrong lately, as linear functions of a row: the linear model of rows, and the trees that correct the
 * linear model of views. Times change faster than a model is fitted; what changed for one key has often changed for all.
 *
 * @param inputs columns that are looked at
 * @param flat [experts × outputs × (inputs + 1)] coefficients of measured columns, the intercept last
 */
@SuppressWarnings("ArrayRecordComponent") // part of one tensor, never compared
record Corrections(int inputs, int outputs, float[] flat) {

  /** Who is corrected, in this order. */
  enum Of {
    LINEAR(0),
    TREES(1);

    /** Where its coefficients stand. */
    final int place;

    Of(int place) {
      this.place = place;
    }
  }

  /** Beyond these columns nobody looks: what is kept grows with their square. */
  private static final int WIDEST = 64;

  /** Deviations: a larger error counts as one of so many, and no answer is moved further. */
  private static final double FARTHEST = 3;

  static int inputs(TableShape shape) {
    return Math.min(WIDEST, shape.columns());
  }

  static int length(TableShape shape) {
    return Of.values().length * shape.outputs() * (inputs(shape) + 1);
  }

  /** Nothing is known to be wrong. */
  static Corrections none(TableShape shape) {
    return new Corrections(inputs(shape), shape.outputs(), new float[length(shape)]);
  }

  static Corrections read(TableShape shape, FloatBuffer in) {
    Corrections corrections = none(shape);
    in.get(corrections.flat);
    return corrections;
  }

  /** Adds to an answer what the expert should have said about such a row. */
  void addTo(Of expert, double[] row, double[] answer) {
    for (int c = 0; c < outputs; c++) {
      int at = (expert.place * outputs + c) * (inputs + 1);
      double sum = flat[at + inputs];
      for (int j = 0; j < inputs; j++) {
        sum += flat[at + j] * row[j];
      }
      answer[c] += within(sum);
    }
  }

  static double within(double error) {
    return Math.max(-FARTHEST, Math.min(FARTHEST, error));
  }
}
