package io.engram.core.tables;

import io.engram.core.guard.ColumnSums;
import io.engram.core.guard.Past;
import java.nio.FloatBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What rows and labels are measured by. Of classes the labels' mean are their shares, and their deviation is 1.
 *
 * @param tasks it was taken from; 0 where nothing is known
 * @param mean [columns]
 * @param deviation [columns], 0 for a column that never varied
 * @param labelMean [outputs]
 * @param labelDeviation [outputs], above 0
 * @param least smallest label, in deviations from the mean; numbers are answered within what was seen
 * @param largest largest label, likewise
 */
@SuppressWarnings("ArrayRecordComponent") // parts of one tensor, never compared
public record TableScale(
    float tasks,
    float[] mean,
    float[] deviation,
    float[] labelMean,
    float[] labelDeviation,
    float least,
    float largest) {

  /** Further from the mean than this many deviations nothing is believed. */
  private static final double FARTHEST = 5;

  private static final double FARTHEST_LABEL = 50;

  static int length(TableShape shape) {
    return 3 + 2 * shape.columns() + 2 * shape.outputs();
  }

  static TableScale unknown(TableShape shape) {
    return new TableScale(
        0,
        new float[shape.columns()],
        new float[shape.columns()],
        new float[shape.outputs()],
        new float[shape.outputs()],
        0,
        0);
  }

  /**
   * Of rows.
   *
   * @param rows [rows × columns]
   * @param labels [rows × outputs] in the units of the stream, or a 1 at each row's class
   */
  static TableScale of(TableShape shape, int tasks, float[] rows, float[] labels) {
    Columns inputs = Columns.robust(rows, shape.columns());
    Columns outputs =
        shape.classes()
            ? Columns.of(labels, shape.outputs())
            : Columns.robust(labels, shape.outputs());
    float[] deviation = new float[shape.outputs()];
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < deviation.length; c++) {
      float found = outputs.deviation()[c];
      deviation[c] = shape.classes() || !(found > 0) ? 1 : found;
    }
    for (int i = 0; i < labels.length; i++) {
      int c = i % shape.outputs();
      double label = within((labels[i] - outputs.mean()[c]) / deviation[c]);
      least = Math.min(least, label);
      largest = Math.max(largest, label);
    }
    return new TableScale(
        tasks,
        inputs.mean(),
        inputs.deviation(),
        outputs.mean(),
        deviation,
        (float) least,
        (float) largest);
  }

  /** As it is after everything has changed: columns that are other ones now are measured as they are now. */
  public TableScale after(Past past) {
    return replaced(past, Past.Change::after);
  }

  /** For tasks from before everything changed: columns that were other ones are measured as they were. */
  public TableScale before(Past past) {
    return replaced(past, Past.Change::before);
  }

  private TableScale replaced(Past past, Function<Past.Change, ColumnSums> by) {
    float[] means = mean.clone();
    float[] deviations = deviation.clone();
    float[] labelMeans = labelMean.clone();
    float[] labelDeviations = labelDeviation.clone();
    replace(past.inputs(), by, means, deviations, 0);
    replace(past.labels(), by, labelMeans, labelDeviations, 1);
    return new TableScale(tasks, means, deviations, labelMeans, labelDeviations, least, largest);
  }

  /**
   * Replaces what has changed.
   *
   * @param none deviation of a column that never varied
   */
  private static void replace(
      Past.@Nullable Change change,
      Function<Past.Change, ColumnSums> by,
      float[] means,
      float[] deviations,
      float none) {
    for (int j = 0; change != null && j < means.length; j++) {
      if (change.of(j)) {
        double found = by.apply(change).deviation(j);
        means[j] = (float) by.apply(change).mean()[j];
        deviations[j] = found > 0 ? (float) found : none;
      }
    }
  }

  boolean known() {
    return tasks > 0;
  }

  /** An input in deviations from the mean, at most five either way. */
  double input(int column, float value) {
    if (!(deviation[column] > 0)) {
      return 0;
    }
    double standardised = ((double) value - mean[column]) / deviation[column];
    return Math.max(-FARTHEST, Math.min(FARTHEST, standardised));
  }

  /** A label in deviations from the mean, at most fifty either way: what lies further off has no more weight than that. */
  double label(int output, float value) {
    return within(((double) value - labelMean[output]) / labelDeviation[output]);
  }

  /** Whether some label lies so far off that nothing is to be learned from its task: one tenant's unit gone wrong must not move all others. */
  boolean wild(float[] labels) {
    for (int i = 0; i < labels.length; i++) {
      int c = i % labelMean.length;
      double off = ((double) labels[i] - labelMean[c]) / labelDeviation[c];
      if (!(Math.abs(off) <= FARTHEST_LABEL)) {
        return true;
      }
    }
    return false;
  }

  /** The same, where labels have been seen that lie further out than those it was taken from; [any number] in deviations. */
  TableScale reaching(float[] labels) {
    float low = least;
    float high = largest;
    for (float label : labels) {
      low = Math.min(low, label);
      high = Math.max(high, label);
    }
    return new TableScale(tasks, mean, deviation, labelMean, labelDeviation, low, high);
  }

  private static double within(double label) {
    return Math.max(-FARTHEST_LABEL, Math.min(FARTHEST_LABEL, label));
  }

  /** A number in the units of the stream. */
  double number(int output, double label) {
    return labelMean[output] + label * labelDeviation[output];
  }

  void write(FloatBuffer out) {
    out.put(tasks).put(least).put(largest);
    out.put(mean).put(deviation).put(labelMean).put(labelDeviation);
  }

  static TableScale read(TableShape shape, FloatBuffer in) {
    float tasks = in.get();
    float least = in.get();
    float largest = in.get();
    float[] mean = new float[shape.columns()];
    float[] deviation = new float[shape.columns()];
    float[] labelMean = new float[shape.outputs()];
    float[] labelDeviation = new float[shape.outputs()];
    in.get(mean).get(deviation).get(labelMean).get(labelDeviation);
    return new TableScale(tasks, mean, deviation, labelMean, labelDeviation, least, largest);
  }
}
