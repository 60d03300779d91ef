package io.engram.client;

import io.engram.core.compute.NormalizationMode;
import io.engram.core.network.NetworkSpec;
import io.engram.schemas.Assembly;
import io.engram.schemas.Tensors;
import io.engram.schemas.WireException;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.Tensor;
import io.engram.schemas.avro.TensorEntry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Makes a model of a version's manifest and bytes, or says why it cannot be used here. */
final class ModelReader {

  private ModelReader() {}

  /**
   * The model.
   *
   * @throws IncompatibleModelException if manifest, bytes and network do not fit together, or a number is not finite
   */
  static Model read(Assembly.Complete version, Instant publishedAt, Instant heldAt) {
    ModelManifest manifest = version.manifest();
    NetworkSpec network = network(manifest);
    Map<String, float[]> tensors = new HashMap<>();
    for (TensorEntry entry : manifest.getTensors()) {
      if (entry.getName().indexOf('/') >= 0) {
        continue; // a part of another tensor
      }
      tensors.put(entry.getName(), tensor(entry, version.parameters()));
    }
    requireSize(tensors, Model.PARAMETERS, network.layout().length());
    requireScale(tensors, "input", network.input().size());
    requireScale(tensors, "target", network.outputs());
    return new Model(
        manifest,
        network,
        InnerLoops.of(manifest.getAdaptation(), network, tensors),
        normalization(manifest),
        tensors,
        publishedAt,
        heldAt);
  }

  private static NetworkSpec network(ModelManifest manifest) {
    try {
      return NetworkSpec.parse(manifest.getNetwork());
    } catch (IllegalArgumentException e) {
      throw new IncompatibleModelException(
          "its network is not known here; update this program: " + e.getMessage(), e);
    }
  }

  private static NormalizationMode normalization(ModelManifest manifest) {
    String name = manifest.getAdaptation().getNormalization();
    try {
      return NormalizationMode.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IncompatibleModelException(
          "its normalization '%s' is not known here; update this program".formatted(name), e);
    }
  }

  private static float[] tensor(TensorEntry entry, byte[] parameters) {
    long elements = Tensors.elements(entry.getShape());
    long bytes = elements * Tensors.bytesPerElement(entry.getElementType());
    if (elements < 0
        || entry.getByteOffset() < 0
        || entry.getByteOffset() + bytes > parameters.length) {
      throw new IncompatibleModelException(
          "its tensor '%s' of shape %s at byte %d does not fit into its %d bytes"
              .formatted(
                  entry.getName(), entry.getShape(), entry.getByteOffset(), parameters.length));
    }
    if (entry.getElementType() == ElementType.INT32) {
      throw new IncompatibleModelException(
          "its tensor '%s' holds INT32, expected numbers".formatted(entry.getName()));
    }
    ByteBuffer data = ByteBuffer.wrap(parameters, (int) entry.getByteOffset(), (int) bytes).slice();
    Tensor tensor = new Tensor(entry.getElementType(), entry.getShape(), data);
    try {
      int bad = Tensors.firstNonFinite(tensor);
      if (bad >= 0) {
        throw new IncompatibleModelException(
            "its tensor '%s' is not finite at index %d".formatted(entry.getName(), bad));
      }
      return Tensors.floats(tensor);
    } catch (WireException e) {
      throw new IncompatibleModelException(
          "its tensor '%s' cannot be read: %s".formatted(entry.getName(), e.getMessage()), e);
    }
  }

  private static void requireScale(Map<String, float[]> tensors, String of, int size) {
    if (tensors.containsKey(of + "Mean") || tensors.containsKey(of + "Scale")) {
      requireSize(tensors, of + "Mean", size);
      requireSize(tensors, of + "Scale", size);
    }
  }

  private static void requireSize(Map<String, float[]> tensors, String name, int size) {
    float[] found = tensors.get(name);
    if (found == null || found.length != size) {
      throw new IncompatibleModelException(
          "its network needs a tensor '%s' of %d numbers, found %s"
              .formatted(name, size, found == null ? "none" : Integer.toString(found.length)));
    }
  }
}
