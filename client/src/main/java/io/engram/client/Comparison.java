package io.engram.client;

import io.engram.core.task.Task;
import io.engram.model.Measure;
import java.util.ArrayList;
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

  private double over(double[] values) {
    return TaskScoring.over(measure, values);
  }

  private static double orWorst(Measure measure, double score) {
    return Double.isNaN(score) ? measure.worst() : score;
  }

  /** NaN where the task is none for this model. */
  private static double score(Workbenches benches, Measure measure, Model model, Task task) {
    try {
      return new TaskScoring(benches, measure)
          .score(model, TaskScoring.support(task), TaskScoring.query(task));
    } catch (AdaptationException e) {
      return measure.worst();
    } catch (IllegalArgumentException e) {
      return Double.NaN;
    }
  }
}
