package io.engram.core.baseline;

import io.engram.core.algebra.Vectors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Linear regression on the rows of all tasks so far. It answers within the range of labels that it has seen. The penalty is one row
 * for each input, which is right where signal and noise are alike in size.
 */
final class OnlineLinear implements Expert {

  private final String name;
  private final Design design;
  private @Nullable CoMoments moments;
  private double[][] coefficients = new double[0][];
  private double least = Double.POSITIVE_INFINITY;
  private double largest = Double.NEGATIVE_INFINITY;

  OnlineLinear(String name, Design design) {
    this.name = name;
    this.design = design;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double[][] answer(Rows rows) {
    double[] level = design.level(rows);
    double[][] answers = new double[rows.query().length][];
    CoMoments known = moments;
    if (known == null) {
      Arrays.fill(answers, Vectors.mean(rows.labels()));
      return answers;
    }
    Design.Context context = design.context(rows);
    for (int q = 0; q < answers.length; q++) {
      double[] inputs = design.inputs(context, rows.query()[q]);
      double[] answer = level.clone();
      for (int c = 0; c < answer.length; c++) {
        answer[c] += known.mean(inputs.length + c);
        for (int i = 0; i < inputs.length; i++) {
          answer[c] += coefficients[c][i] * (inputs[i] - known.mean(i));
        }
        answer[c] = Math.max(least, Math.min(largest, answer[c]));
      }
      answers[q] = answer;
    }
    return answers;
  }

  @Override
  public void learn(Rows rows, double[][] labels) {
    CoMoments learning = moments;
    if (learning == null) {
      learning = new CoMoments(design.size(rows.columns(), rows.width()), rows.width());
      moments = learning;
    }
    Design.Context context = design.context(rows);
    double[] level = design.level(rows);
    if (design == Design.ROW) {
      for (int i = 0; i < rows.support().length; i++) {
        learning.add(rows.support()[i], rows.labels()[i]);
      }
    }
    for (int q = 0; q < labels.length; q++) {
      learning.add(design.inputs(context, rows.query()[q]), Vectors.minus(labels[q], level));
    }
    coefficients = learning.ridge(design.size(rows.columns(), rows.width()));
    see(rows.labels());
    see(labels);
  }

  private void see(double[][] labels) {
    for (double[] label : labels) {
      for (double value : label) {
        least = Math.min(least, value);
        largest = Math.max(largest, value);
      }
    }
  }
}
