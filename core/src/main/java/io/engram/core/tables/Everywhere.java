package io.engram.core.tables;

import io.engram.core.algebra.Vectors;
import io.engram.core.baseline.Expert;
import io.engram.core.baseline.Rows;
import java.util.Arrays;

/** A model's linear function of rows, the same for every task; before anything was learned, the prior. */
record Everywhere(String name, TableModel model) implements Expert {

  @Override
  public double[][] answer(Rows task) {
    double[][] answers = new double[task.query().length][];
    if (!model.trained()) {
      Arrays.fill(answers, task.prior());
      return answers;
    }
    float[] row = new float[task.columns()];
    for (int q = 0; q < answers.length; q++) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) task.query()[q][j];
      }
      double[] answer = new double[task.width()];
      model.fitted().rows().addAnswer(row, 0, answer);
      if (model.shape().classes()) {
        Vectors.softmax(answer, TableModel.FLOOR);
      } else {
        Arrays.setAll(answer, c -> model.within(answer[c]));
      }
      answers[q] = answer;
    }
    return answers;
  }
}
