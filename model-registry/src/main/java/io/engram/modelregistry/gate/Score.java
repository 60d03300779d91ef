package io.engram.modelregistry.gate;

import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.ModelManifest;

/**
 * A metric of a version, comparable: accuracies are better when larger, and differ in absolute terms; errors (of versions
 * without classes: mean squared errors) are better when smaller, and differ relative to the other.
 */
record Score(double value, boolean error) {

  static Score of(ModelManifest manifest, String metric) {
    return new Score(
        manifest.getMetrics().getOrDefault(metric, Double.NaN),
        manifest.getLabelSpace() == LabelSpace.NONE);
  }

  boolean known() {
    return !Double.isNaN(value);
  }

  /** By how much this is better than the other; negative where it is worse. */
  double advantage(Score other) {
    if (!error) {
      return value - other.value;
    }
    return other.value == 0 ? (value == 0 ? 0 : -1) : (other.value - value) / other.value;
  }
}
