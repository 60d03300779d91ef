package io.engram.predict.adapt;

import io.engram.client.Model;
import io.engram.client.SupportSet;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The labeled examples of a key that a model can be adapted on: what does not fit it is left out, the newest of several with one id stays. */
final class SupportRows {

  private SupportRows() {}

  /**
   * Those of classes.
   *
   * @param rows the oldest first
   * @return none where none fits
   */
  static SupportSet.Labeled labeled(Model model, List<LabeledExample> rows) {
    Set<String> classes = new LinkedHashSet<>();
    boolean global = model.labelSpace() == LabelSpace.GLOBAL;
    int most = model.network().outputs();
    if (global) {
      classes.addAll(model.classes());
    }
    List<float[]> features = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (LabeledExample row : newestOfEach(rows, model.network().input().size())) {
      if (row.getLabel() instanceof CharSequence text) {
        String label = text.toString();
        if (classes.contains(label) || (!global && classes.size() < most && classes.add(label))) {
          features.add(Tensors.floats(row.getFeatures()));
          labels.add(label);
        }
      }
    }
    Collections.reverse(features);
    Collections.reverse(labels);
    return new SupportSet.Labeled(features, labels);
  }

  /**
   * Those of numbers.
   *
   * @param rows the oldest first
   * @return none where none fits
   */
  static SupportSet.Measured measured(Model model, List<LabeledExample> rows) {
    List<float[]> features = new ArrayList<>();
    List<float[]> targets = new ArrayList<>();
    for (LabeledExample row : newestOfEach(rows, model.network().input().size())) {
      if (row.getLabel() instanceof Tensor label) {
        float[] values = Tensors.floats(label);
        if (values.length == model.network().outputs()) {
          features.add(Tensors.floats(row.getFeatures()));
          targets.add(values);
        }
      }
    }
    Collections.reverse(features);
    Collections.reverse(targets);
    return new SupportSet.Measured(features, targets);
  }

  /** The newest first. */
  private static List<LabeledExample> newestOfEach(List<LabeledExample> rows, int width) {
    List<LabeledExample> fitting = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = rows.size() - 1; i >= 0; i--) {
      LabeledExample row = rows.get(i);
      if (Tensors.elements(row.getFeatures().getShape()) == width && ids.add(row.getId())) {
        fitting.add(row);
      }
    }
    return fitting;
  }
}
