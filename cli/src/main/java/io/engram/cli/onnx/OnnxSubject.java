package io.engram.cli.onnx;

import io.engram.model.Version;
import java.util.List;

/**
 * What is written.
 *
 * @param version scales, network and how it is adapted
 * @param parameters [parameters] θ, or φ
 * @param classes in play, output i being class i; empty where there are none, or their names are each task's own
 * @param support [support × features] what it was adapted on, on the version's scale; empty where it was not
 * @param adaptedOn how many rows; 0 where it was not
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never compared
record OnnxSubject(
    Version version, float[] parameters, List<String> classes, float[] support, int adaptedOn) {

  OnnxSubject {
    classes = List.copyOf(classes);
  }
}
