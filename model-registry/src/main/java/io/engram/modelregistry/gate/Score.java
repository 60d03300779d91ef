package io.engram.modelregistry.gate;

import io.engram.model.Measure;
import io.engram.model.Metric;
import io.engram.schemas.avro.ModelManifest;

/** A metric of a version, comparable with that of another. */
record Score(double value, Measure measure) {

  static Score of(ModelManifest manifest, Metric metric) {
    return new Score(metric.in(manifest), Measure.of(manifest.getLabelSpace()));
  }

  /** Of what the registry measured. */
  static Score of(ModelManifest manifest, double measured) {
    return new Score(measured, Measure.of(manifest.getLabelSpace()));
  }

  boolean known() {
    return !Double.isNaN(value);
  }

  /** By how much this is better than the other; negative where it is worse. */
  double advantage(Score other) {
    return measure.advantage(value, other.value);
  }
}
