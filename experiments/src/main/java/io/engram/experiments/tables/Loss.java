package io.engram.experiments.tables;

import io.engram.core.task.Targets;

/** What answers to one task cost, a mean over its query rows. */
enum Loss {
  SQUARED_ERROR("mse"),
  ERROR("error"),
  LOG_LOSS("log loss");

  private static final double LEAST_PROBABILITY = 1e-3;

  final String label;

  Loss(String label) {
    this.label = label;
  }

  double of(double[][] answers, Targets targets) {
    double sum = 0;
    for (int i = 0; i < answers.length; i++) {
      sum += ofRow(answers[i], targets, i);
    }
    return sum / answers.length;
  }

  private double ofRow(double[] answer, Targets targets, int row) {
    if (targets instanceof Targets.Values values) {
      double missed = answer[0] - values.values()[row];
      return missed * missed;
    }
    int label = ((Targets.Classes) targets).classes()[row];
    return this == LOG_LOSS
        ? -Math.log(Math.max(LEAST_PROBABILITY, answer[label]))
        : largest(answer) == label ? 0 : 1;
  }

  private static int largest(double[] values) {
    int largest = 0;
    for (int c = 1; c < values.length; c++) {
      largest = values[c] > values[largest] ? c : largest;
    }
    return largest;
  }
}
