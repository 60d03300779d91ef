package io.engram.experiments.tables;

import io.engram.core.task.ExampleSet;

/** Running means of the columns, for learners that take no missing cell. */
final class ColumnMeans {

  private final double[] sums;
  private final long[] counts;

  ColumnMeans(int columns) {
    sums = new double[columns];
    counts = new long[columns];
  }

  /** A copy whose missing cells hold the mean of their column over all rows before. */
  ExampleSet filled(ExampleSet set) {
    float[] inputs = set.inputs().clone();
    for (int i = 0; i < inputs.length; i++) {
      int column = i % sums.length;
      if (Float.isNaN(inputs[i])) {
        inputs[i] = counts[column] == 0 ? 0 : (float) (sums[column] / counts[column]);
      } else {
        sums[column] += inputs[i];
        counts[column]++;
      }
    }
    return new ExampleSet(set.inputSize(), inputs, set.targets());
  }
}
