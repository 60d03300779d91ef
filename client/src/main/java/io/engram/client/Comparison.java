package io.engram.client;

import io.engram.core.evaluation.PredictionScores;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.model.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Two models on the same tasks: adapted to each support set, asked about each query set. A task that fits one of them and not the other
 * counts as predicted all wrong by the other.
 *
 * @param scores of the one, on each task that fits either
 * @param others of the other
 * @param fit how many tasks fit the one
 * @param otherFit how many fit the other
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Comparison(Measure measure, double[] scores, double[] others, int fit, int otherFit) {

  /** So many tasks do where they are slow. */
  private static final int FEW = 4;

  private static final int LONG = 15;

  /**
   * Compares.
   *
   * @param budget nanoseconds after which a few tasks are enough; after fifteen times as many no further one is begun
   */
  static Comparison of(
      Workbenches benches, Model model, Optional<Model> other, List<Task> tasks, long budget) {
    Measure measure = Measure.judging(model.sharedManifest());
    List<double[]> pairs = new ArrayList<>();
    int fit = 0;
    int otherFit = 0;
    long started = System.nanoTime();
    for (Task task : tasks) {
      long spent = System.nanoTime() - started;
      if ((pairs.size() >= FEW && spent > budget) || (!pairs.isEmpty() && spent > LONG * budget)) {
        break;
      }
      double one = score(benches, measure, model, task);
      double two = other.isEmpty() ? Double.NaN : score(benches, measure, other.get(), task);
      fit += Double.isNaN(one) ? 0 : 1;
      otherFit += Double.isNaN(two) ? 0 : 1;
      if (!Double.isNaN(one) || !Double.isNaN(two)) {
        pairs.add(new double[] {orWorst(measure, one), orWorst(measure, two)});
      }
    }
    double[] scores = pairs.stream().mapToDouble(pair -> pair[0]).toArray();
    double[] others = pairs.stream().mapToDouble(pair -> pair[1]).toArray();
    return new Comparison(measure, scores, others, fit, otherFit);
  }

  int tasks() {
    return scores.length;
  }

  /** Whether tasks fit the other and not one of them fits this. */
  boolean fitsNone() {
    return fit == 0 && otherFit > 0;
  }

  Examination finding() {
    return new Examination.Usable(
        fit == 0 ? Double.NaN : over(scores), otherFit == 0 ? Double.NaN : over(others), tasks());
  }

  /** The median of errors, which one absurd task does not move; the mean of shares, which are bounded. */
  private double over(double[] values) {
    if (measure.share()) {
      return Arrays.stream(values).average().orElse(Double.NaN);
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
  }

  private static double orWorst(Measure measure, double score) {
    return Double.isNaN(score) ? measure.worst() : score;
  }

  /** NaN where the task is none for this model. */
  private static double score(Workbenches benches, Measure measure, Model model, Task task) {
    try {
      return task.classification()
          ? ofClasses(benches, measure, model, task)
          : ofNumbers(benches, measure, model, task);
    } catch (AdaptationException e) {
      return measure.worst();
    } catch (IllegalArgumentException e) {
      return Double.NaN;
    }
  }

  private static double ofClasses(Workbenches benches, Measure measure, Model model, Task task) {
    SupportSet.Labeled support = (SupportSet.Labeled) examples(task, task.support());
    SupportSet.Labeled query = (SupportSet.Labeled) examples(task, task.query());
    List<Prediction> predictions =
        Classifier.adapt(benches, model, support).predictAll(query.features());
    if (measure == Measure.ACCURACY) {
      int right = 0;
      for (int i = 0; i < predictions.size(); i++) {
        right += predictions.get(i).label().equals(query.labels().get(i)) ? 1 : 0;
      }
      return (double) right / predictions.size();
    }
    // Behind the classes that it tells apart stands one for all that it does not know.
    double[][] probabilities = new double[predictions.size()][];
    int[] truth = new int[probabilities.length];
    for (int i = 0; i < truth.length; i++) {
      List<String> classes = predictions.get(i).classes();
      float[] found = predictions.get(i).probabilities();
      probabilities[i] = new double[classes.size() + 1];
      Arrays.setAll(probabilities[i], c -> c < found.length ? found[c] : 0);
      int known = classes.indexOf(query.labels().get(i));
      truth[i] = known < 0 ? classes.size() : known;
    }
    double score =
        PredictionScores.ofClasses(probabilities, truth).getOrDefault(measure.column(), Double.NaN);
    // A task of one class has no area under a curve, and says nothing for or against.
    return Double.isNaN(score) ? 0.5 : score;
  }

  private static double ofNumbers(Workbenches benches, Measure measure, Model model, Task task) {
    SupportSet.Measured support = (SupportSet.Measured) examples(task, task.support());
    SupportSet.Measured query = (SupportSet.Measured) examples(task, task.query());
    List<float[]> predictions =
        Regressor.adapt(benches, model, support).predictAll(query.features());
    double sum = 0;
    int count = 0;
    for (int i = 0; i < predictions.size(); i++) {
      UserEpisodes.check(i, query.targets().get(i), predictions.get(i).length, "targets");
      for (int j = 0; j < predictions.get(i).length; j++) {
        double error = predictions.get(i)[j] - query.targets().get(i)[j];
        sum += measure == Measure.ABSOLUTE_ERROR ? Math.abs(error) : error * error;
        count++;
      }
    }
    double mean = sum / count;
    return Double.isNaN(mean) ? Double.POSITIVE_INFINITY : mean;
  }

  private static SupportSet examples(Task task, ExampleSet set) {
    Targets targets = set.targets();
    if (targets.size() == 0) {
      throw new IllegalArgumentException("a task without examples");
    }
    return TaskExamples.of(task, List.of(set));
  }
}
