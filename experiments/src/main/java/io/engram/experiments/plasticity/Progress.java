package io.engram.experiments.plasticity;

import java.util.Arrays;

/**
 * What a learner has got right, task after task.
 *
 * @param right [tasks] percent, each example asked before it was learned
 * @param seconds [tasks] of the processor, predicting and learning
 */
@SuppressWarnings("ArrayRecordComponent") // never written to
record Progress(double[] right, double[] seconds) {

  /** Tasks whose mean is a figure: a hundred, as in the paper's curves. */
  static final int WINDOW = 100;

  static final Progress NONE = new Progress(new double[0], new double[0]);

  int tasks() {
    return right.length;
  }

  /** With one more task. */
  Progress with(double percent, double took) {
    Progress more = new Progress(grown(right), grown(seconds));
    more.right[tasks()] = percent;
    more.seconds[tasks()] = took;
    return more;
  }

  private static double[] grown(double[] values) {
    return Arrays.copyOf(values, values.length + 1);
  }

  /** Its first so many tasks, or all if there are less. */
  Progress first(int wanted) {
    int kept = Math.min(wanted, tasks());
    return new Progress(Arrays.copyOf(right, kept), Arrays.copyOf(seconds, kept));
  }

  /** Tasks of a figure: {@link #WINDOW}, or where there are less than twice as many a fifth of all. */
  int window() {
    return tasks() >= 2 * WINDOW ? WINDOW : Math.max(1, tasks() / 5);
  }

  /** Mean percentage of the first tasks. */
  double first() {
    return mean(0, window());
  }

  /** Mean percentage of the last tasks. */
  double last() {
    return mean(tasks() - window(), tasks());
  }

  /** The best mean percentage of as many tasks: the first, the next and so on. */
  double best() {
    double best = first();
    for (int from = window(); from + window() <= tasks(); from += window()) {
      best = Math.max(best, mean(from, from + window()));
    }
    return best;
  }

  /** Mean percentage of tasks {@code from}, from 0, to before {@code until}. */
  double mean(int from, int until) {
    return Arrays.stream(right, from, until).average().orElse(Double.NaN);
  }

  /** Of the processor, for all tasks. */
  double secondsInAll() {
    return Arrays.stream(seconds).sum();
  }
}
