package io.engram.ingest.format.mapping;

import io.engram.schemas.avro.Tensor;

/** Makes an example's features of a record. */
interface FeatureRule {

  /**
   * The features.
   *
   * @throws Unfit if the record has not what they are made of
   */
  Tensor of(Scope scope);
}
