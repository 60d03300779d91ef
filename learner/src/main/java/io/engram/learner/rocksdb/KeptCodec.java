package io.engram.learner.rocksdb;

import io.engram.core.compute.stream.SparseInput;
import io.engram.core.continual.Kept;
import io.engram.core.continual.StreamExample;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * A remembered example as bytes, big-endian: label, input size, number of inputs that are not 0, their places, their values, number of
 * logits, logits.
 */
final class KeptCodec {

  private KeptCodec() {}

  static byte[] encode(Kept kept) {
    SparseInput input = kept.example().input();
    int active = input.indices().length;
    int logits = kept.logits().length;
    ByteBuffer out = ByteBuffer.allocate(4 * Integer.BYTES + 2 * active * 4 + logits * Float.BYTES);
    out.putInt(kept.example().label()).putInt(input.size()).putInt(active);
    out.asIntBuffer().put(input.indices());
    out.position(out.position() + active * Integer.BYTES);
    put(out, input.values());
    out.putInt(logits);
    put(out, kept.logits());
    return out.array();
  }

  /**
   * Reads an example.
   *
   * @throws IllegalArgumentException if the bytes end too early or contradict themselves
   */
  static Kept decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      int label = in.getInt();
      int size = in.getInt();
      int[] indices = new int[length(in)];
      in.asIntBuffer().get(indices);
      in.position(in.position() + indices.length * Integer.BYTES);
      float[] values = floats(in, indices.length);
      float[] logits = floats(in, length(in));
      return new Kept(new StreamExample(new SparseInput(size, indices, values), label), logits);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("it ends after %d bytes".formatted(bytes.length), e);
    }
  }

  private static int length(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining() / Integer.BYTES) {
      throw new IllegalArgumentException(
          "it announces %d numbers, %d bytes follow".formatted(length, in.remaining()));
    }
    return length;
  }

  private static void put(ByteBuffer out, float[] values) {
    out.asFloatBuffer().put(values);
    out.position(out.position() + values.length * Float.BYTES);
  }

  private static float[] floats(ByteBuffer in, int length) {
    float[] values = new float[length];
    in.asFloatBuffer().get(values);
    in.position(in.position() + length * Float.BYTES);
    return values;
  }
}
