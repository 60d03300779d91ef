package io.engram.learner.agent;

import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.TensorEntry;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Named float tensors end to end in little-endian bytes, and the table that says where each lies. */
final class ParameterBytes {

  private final List<TensorEntry> entries = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Appends a tensor; without a shape it is a vector. */
  ParameterBytes add(String name, float[] values, Integer... shape) {
    List<Integer> dimensions = shape.length == 0 ? List.of(values.length) : List.of(shape);
    entries.add(new TensorEntry(name, ElementType.FLOAT32, dimensions, (long) bytes.size()));
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    bytes.writeBytes(buffer.array());
    return this;
  }

  /** Names a part of the first tensor, so that what knows no networks can tell layers apart. */
  ParameterBytes part(String name, int from, List<Integer> shape) {
    TensorEntry whole = entries.get(0);
    entries.add(
        new TensorEntry(
            whole.getName() + "/" + name,
            ElementType.FLOAT32,
            shape,
            whole.getByteOffset() + (long) Float.BYTES * from));
    return this;
  }

  List<TensorEntry> entries() {
    return List.copyOf(entries);
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
