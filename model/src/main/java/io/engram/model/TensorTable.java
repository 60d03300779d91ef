package io.engram.model;

import io.engram.core.network.ParameterTensor;
import io.engram.schemas.Tensors;
import io.engram.schemas.WireException;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.Tensor;
import io.engram.schemas.avro.TensorEntry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Named float tensors end to end in little-endian bytes, and the table that says where each lies: written, and read again. */
final class TensorTable {

  private final List<TensorEntry> entries = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Appends a tensor; without a shape it is a vector. */
  TensorTable add(VersionTensor tensor, float[] values, Integer... shape) {
    List<Integer> dimensions = shape.length == 0 ? List.of(values.length) : List.of(shape);
    entries.add(
        new TensorEntry(tensor.wireName(), ElementType.FLOAT32, dimensions, (long) bytes.size()));
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    bytes.writeBytes(buffer.array());
    return this;
  }

  /** Names a layer's part of θ, the first tensor, so that what knows no networks can tell layers apart. */
  TensorTable part(ParameterTensor tensor) {
    TensorEntry whole = entries.get(0);
    entries.add(
        new TensorEntry(
            VersionTensor.PARAMETERS.part(tensor),
            ElementType.FLOAT32,
            tensor.shape(),
            whole.getByteOffset() + (long) Float.BYTES * tensor.offset()));
    return this;
  }

  List<TensorEntry> entries() {
    return List.copyOf(entries);
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  /**
   * The tensors of a version, without their parts by layer.
   *
   * @throws UnreadableVersionException if one is unknown, lies outside the bytes, or holds what is no finite number
   */
  static Map<VersionTensor, float[]> read(ModelManifest manifest, byte[] parameters) {
    Map<VersionTensor, float[]> tensors = new EnumMap<>(VersionTensor.class);
    for (TensorEntry entry : manifest.getTensors()) {
      if (!VersionTensor.isPart(entry.getName())) {
        VersionTensor tensor = known(manifest, entry);
        if (tensors.containsKey(tensor)) {
          throw new UnreadableVersionException(
              manifest, "its tensor '%s' is there twice".formatted(entry.getName()));
        }
        tensors.put(tensor, numbers(manifest, entry, parameters));
      }
    }
    return tensors;
  }

  private static VersionTensor known(ModelManifest manifest, TensorEntry entry) {
    return VersionTensor.named(entry.getName())
        .orElseThrow(
            () ->
                new UnreadableVersionException(
                    manifest,
                    "its tensor '%s' is not known here; known: %s; update this program"
                        .formatted(entry.getName(), VersionTensor.wireNames())));
  }

  private static float[] numbers(ModelManifest manifest, TensorEntry entry, byte[] parameters) {
    long elements = Tensors.elements(entry.getShape());
    long length = elements * Tensors.bytesPerElement(entry.getElementType());
    if (elements < 0
        || entry.getByteOffset() < 0
        || entry.getByteOffset() > parameters.length - length) {
      throw new UnreadableVersionException(
          manifest,
          "its tensor '%s' of shape %s at byte %d does not fit into its %d bytes"
              .formatted(
                  entry.getName(), entry.getShape(), entry.getByteOffset(), parameters.length));
    }
    if (entry.getElementType() == ElementType.INT32) {
      throw new UnreadableVersionException(
          manifest, "its tensor '%s' holds INT32, expected numbers".formatted(entry.getName()));
    }
    ByteBuffer data =
        ByteBuffer.wrap(parameters, (int) entry.getByteOffset(), (int) length).slice();
    return finite(manifest, entry, new Tensor(entry.getElementType(), entry.getShape(), data));
  }

  private static float[] finite(ModelManifest manifest, TensorEntry entry, Tensor tensor) {
    try {
      int bad = Tensors.firstNonFinite(tensor);
      if (bad >= 0) {
        throw new UnreadableVersionException(
            manifest, "its tensor '%s' is not finite at index %d".formatted(entry.getName(), bad));
      }
      return Tensors.floats(tensor);
    } catch (WireException e) {
      throw new UnreadableVersionException(
          manifest,
          "its tensor '%s' cannot be read: %s".formatted(entry.getName(), e.getMessage()),
          e);
    }
  }
}
