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
    for (int q = 0; q < answers.length; q++) {
      answers[q] = answer(task.query()[q]);
    }
    return answers;
  }

  /**
   * Answers for one row, of a trained model.
   *
   * @param query [columns] standardised
   * @return [outputs] in deviations, or a probability for each class
   */
  double[] answer(double[] query) {
    float[] row = new float[query.length];
    for (int j = 0; j < row.length; j++) {
      row[j] = (float) query[j];
    }
    double[] answer = new double[model.shape().outputs()];
    model.fitted().rows().addAnswer(row, 0, answer);
    if (model.shape().classes()) {
      Vectors.softmax(answer, TableModel.FLOOR);
    } else {
      Arrays.setAll(answer, c -> model.within(answer[c]));
    }
    return answer;
  }
}
