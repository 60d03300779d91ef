package io.engram.core.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first tasks, one by one, while nobody can say what is ordinary: each is held against those of other keys, and who lies absurdly far
 * from them leaves again.
 */
final class Youth {

  /** Tasks of it. */
  static final int TASKS = 8;

  private static final int WITNESSES = 5;

  private final List<Sample> samples;

  Youth() {
    this(List.of());
  }

  Youth(List<Sample> samples) {
    this.samples = new ArrayList<>(samples);
  }

  /**
   * A task.
   *
   * @param arrival tasks that had come before it
   */
  record Sample(long key, long arrival, ColumnSums sums) {}

  List<Sample> samples() {
    return List.copyOf(samples);
  }

  void add(long key, long arrival, ColumnSums task) {
    samples.add(new Sample(key, arrival, task));
  }

  /** Removes a task that lies absurdly far from those of other keys, if there is one. */
  Optional<Sample> expel(double farthest) {
    for (Sample sample : samples) {
      if (absurd(sample, farthest)) {
        samples.remove(sample);
        return Optional.of(sample);
      }
    }
    return Optional.empty();
  }

  private boolean absurd(Sample sample, double farthest) {
    ColumnSums others = new ColumnSums(sample.sums().columns());
    int witnesses = 0;
    for (Sample other : samples) {
      if (other.key() != sample.key()) {
        others.add(other.sums());
        witnesses++;
      }
    }
    for (int j = 0; witnesses >= WITNESSES && j < others.columns(); j++) {
      double deviation = others.deviation(j);
      if (deviation > 0 && sample.sums().distance(j, others.mean()[j]) > farthest * deviation) {
        return true;
      }
    }
    return false;
  }

  /** Of all that stayed. */
  ColumnSums sums(int columns) {
    ColumnSums all = new ColumnSums(columns);
    samples.forEach(sample -> all.add(sample.sums()));
    return all;
  }

  Youth copy() {
    return new Youth(samples);
  }
}
