package io.engram.predict.domain;

import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What would be answered without Engram; scored beside what is. */
public final class SimpleAnswer {

  private SimpleAnswer() {}

  /** The key's commonest class, the oldest of those that are as common; or the mean of its numbers. */
  public static @Nullable Object of(List<LabeledExample> rows) {
    if (rows.isEmpty()) {
      return null;
    }
    return rows.get(rows.size() - 1).getLabel() instanceof Tensor last
        ? mean(rows, Tensors.floats(last).length)
        : commonest(rows);
  }

  private static @Nullable Object mean(List<LabeledExample> rows, int width) {
    double[] sums = new double[width];
    int count = 0;
    for (LabeledExample row : rows) {
      if (row.getLabel() instanceof Tensor label) {
        float[] values = Tensors.floats(label);
        if (values.length == width) {
          count++;
          for (int i = 0; i < width; i++) {
            sums[i] += values[i];
          }
        }
      }
    }
    float[] mean = new float[width];
    for (int i = 0; i < width; i++) {
      mean[i] = (float) (sums[i] / count);
    }
    return Tensors.float32(mean, width);
  }

  private static @Nullable Object commonest(List<LabeledExample> rows) {
    Map<String, Integer> counts = new HashMap<>();
    String best = null;
    int most = 0;
    for (LabeledExample row : rows) {
      if (row.getLabel() instanceof CharSequence label) {
        counts.merge(label.toString(), 1, Integer::sum);
      }
    }
    for (LabeledExample row : rows) {
      int count = counts.getOrDefault(row.getLabel().toString(), 0);
      if (count > most) {
        most = count;
        best = row.getLabel().toString();
      }
    }
    return best;
  }
}
