package io.engram.core.evaluation;

import java.util.Arrays;

/**
 * R[i, j]: accuracy on task j after learning task i of T (Lopez-Paz &amp; Ranzato 2017, section 2), and the figures that are read off it. Tasks
 * count from 0 here. Entries may come in any order; a figure whose entries are missing is NaN.
 *
 * <p>Any unit: with percents in, percents come out.
 */
public final class AccuracyMatrix {

  private final int tasks;
  private final double[] entries;
  private final double[] untrained;

  /** A matrix of {@code tasks} × {@code tasks} unknown entries. */
  public AccuracyMatrix(int tasks) {
    if (tasks < 1) {
      throw new IllegalArgumentException(
          "an accuracy matrix needs at least 1 task, found " + tasks);
    }
    this.tasks = tasks;
    this.entries = new double[tasks * tasks];
    this.untrained = new double[tasks];
    Arrays.fill(entries, Double.NaN);
    Arrays.fill(untrained, Double.NaN);
  }

  /** T. */
  public int tasks() {
    return tasks;
  }

  /** Enters R[after, on]. */
  public void set(int after, int on, double accuracy) {
    entries[index(after, on)] = accuracy;
  }

  /** Enters b[on], the accuracy on a task at random initialisation. */
  public void setUntrained(int on, double accuracy) {
    untrained[index(0, on)] = accuracy;
  }

  /** R[after, on], or NaN. */
  public double get(int after, int on) {
    return entries[index(after, on)];
  }

  /** Retained accuracy: mean over j of R[T−1, j] (Riemer et al. 2019, section 5; ACC of Lopez-Paz &amp; Ranzato 2017, eq. 2). */
  public double retained() {
    double sum = 0;
    for (int j = 0; j < tasks; j++) {
      sum += get(tasks - 1, j);
    }
    return sum / tasks;
  }

  /** Learning accuracy: mean over j of R[j, j], each task right after it was learned (Riemer et al. 2019, section 5). */
  public double learning() {
    double sum = 0;
    for (int j = 0; j < tasks; j++) {
      sum += get(j, j);
    }
    return sum / tasks;
  }

  /**
   * Backward transfer and interference: mean over all j of R[T−1, j] − R[j, j], which is {@link #retained} − {@link #learning} (Riemer et al.
   * 2019, section 5). Lopez-Paz &amp; Ranzato (2017, eq. 3) leave the last task out, where the difference is 0, and divide by T − 1.
   */
  public double backwardTransfer() {
    return retained() - learning();
  }

  /** Forward transfer: mean over j ≥ 1 of R[j−1, j] − b[j] (Lopez-Paz &amp; Ranzato 2017, eq. 4). */
  public double forwardTransfer() {
    double sum = 0;
    for (int j = 1; j < tasks; j++) {
      sum += get(j - 1, j) - untrained[j];
    }
    return sum / (tasks - 1);
  }

  /** The task that came off worst at the end, the last one left out: min over j &lt; T−1 of R[T−1, j]. NaN with one task. */
  public double worstOldTask() {
    double worst = Double.NaN;
    for (int j = 0; j < tasks - 1; j++) {
      worst = lesser(worst, get(tasks - 1, j));
    }
    return worst;
  }

  /**
   * Average minimum accuracy: mean over j &lt; T−1 of min over i &gt; j of R[i, j] (De Lange et al. 2023, eq. 2), the minimum over those
   * entries that are known.
   */
  public double averageMinimum() {
    double sum = 0;
    for (int j = 0; j < tasks - 1; j++) {
      double least = Double.NaN;
      for (int i = j + 1; i < tasks; i++) {
        least = lesser(least, get(i, j));
      }
      sum += least;
    }
    return sum / (tasks - 1);
  }

  /** Worst-case accuracy: R[T−1, T−1]/T + (1 − 1/T)·{@link #averageMinimum} (De Lange et al. 2023, eq. 3). */
  public double worstCase() {
    double last = get(tasks - 1, tasks - 1);
    return tasks == 1 ? last : last / tasks + (1 - 1.0 / tasks) * averageMinimum();
  }

  private static double lesser(double least, double next) {
    return Double.isNaN(least) || next < least ? next : least;
  }

  private int index(int after, int on) {
    if (after < 0 || after >= tasks || on < 0 || on >= tasks) {
      throw new IllegalArgumentException(
          "R[%d, %d] lies outside a matrix of %d tasks".formatted(after, on, tasks));
    }
    return after * tasks + on;
  }
}
