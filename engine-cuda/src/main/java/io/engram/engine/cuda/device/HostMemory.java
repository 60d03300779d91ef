package io.engram.engine.cuda.device;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Memory of the host that a card can reach.
 *
 * @param address where it begins
 * @param bytes the same as a direct buffer in the machine's byte order
 */
public record HostMemory(long address, ByteBuffer bytes) {

  /** {@code length} floats from byte {@code offset} on. */
  public FloatBuffer floats(long offset, int length) {
    return bytes.slice(Math.toIntExact(offset), 4 * length).order(bytes.order()).asFloatBuffer();
  }

  /** {@code length} ints from byte {@code offset} on. */
  public IntBuffer ints(long offset, int length) {
    return bytes.slice(Math.toIntExact(offset), 4 * length).order(bytes.order()).asIntBuffer();
  }
}
