package io.engram.core.evaluation;

import io.engram.core.algebra.Vectors;
import io.engram.core.compute.episode.Evaluation;
import io.engram.core.task.Targets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/** What is noted of a model's predictions of one query set beside its score: columns that are {@link ScoreColumn#aboutTheModel}. */
public final class PredictionScores {

  /** No probability is taken for smaller: a truth held for impossible costs a lot, but not everything. */
  private static final double LEAST = 1e-15;

  private PredictionScores() {}

  /**
   * Of a network's outputs.
   *
   * @param deviation what regression targets were divided by, one for each output
   * @return nothing where outputs are no numbers
   */
  public static Map<ScoreColumn, Double> of(
      Evaluation evaluation, Targets truth, float[] deviation) {
    float[] outputs = evaluation.outputs();
    int width = evaluation.width();
    for (int i = 0; i < evaluation.examples() * width; i++) {
      if (!Float.isFinite(outputs[i])) {
        return Map.of();
      }
    }
    if (truth instanceof Targets.Classes classes) {
      double[][] probabilities = new double[classes.size()][];
      for (int q = 0; q < probabilities.length; q++) {
        probabilities[q] = softmax(outputs, q * width, Math.min(width, classes.ways()));
      }
      return ofClasses(probabilities, classes.classes());
    }
    float[] values = ((Targets.Values) truth).values();
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += Math.abs(outputs[i] - values[i]) * (double) deviation[i % width];
    }
    return Map.of(ScoreColumn.ABSOLUTE_ERROR, sum / values.length);
  }

  /**
   * Of probabilities.
   *
   * @param probabilities [queries × classes]
   * @param truth [queries] the class of each
   */
  public static Map<ScoreColumn, Double> ofClasses(double[][] probabilities, int[] truth) {
    Map<ScoreColumn, Double> columns = new EnumMap<>(ScoreColumn.class);
    columns.put(ScoreColumn.LOG_LOSS, logLoss(probabilities, truth));
    columns.put(ScoreColumn.CONFIDENCE, confidence(probabilities));
    columns.put(ScoreColumn.BALANCED_ACCURACY, balancedAccuracy(probabilities, truth));
    columns.put(ScoreColumn.AUC, areaUnderCurve(probabilities, truth));
    return columns;
  }

  private static double logLoss(double[][] probabilities, int[] truth) {
    double sum = 0;
    for (int q = 0; q < truth.length; q++) {
      sum -= Math.log(Math.max(LEAST, probabilities[q][truth[q]]));
    }
    return sum / truth.length;
  }

  private static double confidence(double[][] probabilities) {
    double sum = 0;
    for (double[] row : probabilities) {
      sum += Arrays.stream(row).max().orElse(0);
    }
    return sum / probabilities.length;
  }

  /** The share predicted right of each class, and of these the mean: what is rare counts as much as what is common. */
  static double balancedAccuracy(double[][] probabilities, int[] truth) {
    int classes = probabilities[0].length;
    int[] all = new int[classes];
    int[] right = new int[classes];
    for (int q = 0; q < truth.length; q++) {
      all[truth[q]]++;
      right[truth[q]] += argmax(probabilities[q]) == truth[q] ? 1 : 0;
    }
    double sum = 0;
    int present = 0;
    for (int c = 0; c < classes; c++) {
      if (all[c] > 0) {
        sum += (double) right[c] / all[c];
        present++;
      }
    }
    return sum / present;
  }

  /**
   * How often an example of a class is held for likelier to be of it than one of another class, ties counted half: the mean over the
   * classes that have both (one against the rest; Hand &amp; Till 2001 call it M with pairs). NaN where only one class is there.
   */
  static double areaUnderCurve(double[][] probabilities, int[] truth) {
    double sum = 0;
    int counted = 0;
    for (int c = 0; c < probabilities[0].length; c++) {
      double area = areaUnderCurve(probabilities, truth, c);
      if (!Double.isNaN(area)) {
        sum += area;
        counted++;
      }
    }
    return sum / counted;
  }

  /** By ranks (Mann &amp; Whitney 1947). */
  private static double areaUnderCurve(double[][] probabilities, int[] truth, int of) {
    Integer[] order = new Integer[truth.length];
    Arrays.setAll(order, q -> q);
    Arrays.sort(order, Comparator.comparingDouble(q -> probabilities[q][of]));
    double ranks = 0;
    long positive = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      int mine = 0;
      double value = probabilities[order[from]][of];
      for (; to < order.length && probabilities[order[to]][of] == value; to++) {
        mine += truth[order[to]] == of ? 1 : 0;
      }
      ranks += mine * (from + 1 + to) / 2.0;
      positive += mine;
      from = to;
    }
    long negative = truth.length - positive;
    return (ranks - positive * (positive + 1) / 2.0) / (positive * negative);
  }

  private static int argmax(double[] row) {
    int best = 0;
    for (int c = 1; c < row.length; c++) {
      best = row[c] > row[best] ? c : best;
    }
    return best;
  }

  private static double[] softmax(float[] logits, int from, int classes) {
    double[] row = new double[classes];
    Arrays.setAll(row, c -> logits[from + c]);
    Vectors.softmax(row);
    return row;
  }
}
