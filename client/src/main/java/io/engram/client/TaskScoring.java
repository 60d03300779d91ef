package io.engram.client;

import io.engram.core.evaluation.PredictionScores;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Task;
import io.engram.model.Measure;
import java.util.Arrays;
import java.util.List;

/** How a version does on a task: adapted to some rows, asked about others, judged by what they are. For one thread. */
record TaskScoring(Workbenches benches, Measure measure) {

  /** A task's rows to adapt on. */
  static SupportSet support(Task task) {
    return examples(task, task.support());
  }

  /** A task's rows to be judged on. */
  static SupportSet query(Task task) {
    return examples(task, task.query());
  }

  /**
   * The score of one task.
   *
   * @throws IllegalArgumentException if the rows do not fit the version
   * @throws AdaptationException if adapting diverges
   */
  double score(Model model, SupportSet support, SupportSet query) {
    return query instanceof SupportSet.Labeled labeled
        ? ofClasses(model, (SupportSet.Labeled) support, labeled)
        : ofNumbers(model, (SupportSet.Measured) support, (SupportSet.Measured) query);
  }

  /** The score with the first so many rows of a task; the worst there is where adapting goes astray. */
  double orWorst(Model model, StudiedTask task, int rows) {
    try {
      return score(model, rows == 0 ? none(task.support()) : task.first(rows), task.query());
    } catch (AdaptationException e) {
      return measure.worst();
    }
  }

  private static SupportSet none(SupportSet like) {
    return like instanceof SupportSet.Labeled ? SupportSet.none() : SupportSet.noNumbers();
  }

  /** Of several tasks: the median of errors, which one absurd task does not move; the mean of shares, which are bounded. */
  static double over(Measure measure, double[] values) {
    if (measure.share()) {
      return Arrays.stream(values).average().orElse(Double.NaN);
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
  }

  private double ofClasses(Model model, SupportSet.Labeled support, SupportSet.Labeled query) {
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

  private double ofNumbers(Model model, SupportSet.Measured support, SupportSet.Measured query) {
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
    if (set.size() == 0) {
      throw new IllegalArgumentException("a task without examples");
    }
    return TaskExamples.of(task, List.of(set));
  }
}
