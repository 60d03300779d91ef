package io.engram.core.baseline;

import io.engram.core.algebra.Vectors;

/** Another expert, moved by what it missed the support labels by on average. For experts that did not see them. */
record Shifted(String name, Expert base) implements Expert {

  @Override
  public double[][] answer(Rows rows) {
    double[] missed =
        Vectors.minus(Vectors.mean(rows.labels()), Vectors.mean(base.answer(rows.askingSupport())));
    double[][] answers = base.answer(rows);
    for (int q = 0; q < answers.length; q++) {
      answers[q] = answers[q].clone();
      for (int c = 0; c < missed.length; c++) {
        answers[q][c] += missed[c];
      }
    }
    return answers;
  }
}
