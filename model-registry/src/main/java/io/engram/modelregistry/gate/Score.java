package io.engram.modelregistry.gate;

import io.engram.model.Measure;
import io.engram.model.Metric;
import io.engram.schemas.avro.ModelManifest;

/** A metric of a version, comparable with that of another. */
record Score(double value, Measure measure) {

  /** By what the version wishes to be judged by, over its last tasks. */
  static Score judged(ModelManifest manifest, Measure measure) {
    return new Score(Metric.of(measure).in(manifest), measure);
  }

  static Score of(ModelManifest manifest, Metric metric) {
    return new Score(metric.in(manifest), Measure.of(manifest.getLabelSpace()));
  }

  /** Of what the registry measured, by what the version wishes to be judged by. */
  static Score of(ModelManifest manifest, double measured) {
    return new Score(measured, Measure.judging(manifest));
  }

  boolean known() {
    return !Double.isNaN(value);
  }

  /** By how much this is better than the other; negative where it is worse. */
  double advantage(Score other) {
    return measure.advantage(value, other.value);
  }
}
