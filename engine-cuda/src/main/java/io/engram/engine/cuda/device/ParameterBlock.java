package io.engram.engine.cuda.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes a kernel's parameters as C lays out a structure: each number aligned to its own size, the whole to eight bytes. */
public final class ParameterBlock {

  private final ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.nativeOrder());

  /** An address, 0 for none. */
  public ParameterBlock pointer(long address) {
    align(8);
    bytes.putLong(address);
    return this;
  }

  /** A 64-bit number. */
  public ParameterBlock wide(long value) {
    return pointer(value);
  }

  /** A 32-bit number. */
  public ParameterBlock number(int value) {
    bytes.putInt(value);
    return this;
  }

  /** 1 or 0. */
  public ParameterBlock flag(boolean value) {
    return number(value ? 1 : 0);
  }

  /** A float. */
  public ParameterBlock real(float value) {
    bytes.putFloat(value);
    return this;
  }

  /** Leaves {@code count} bytes as they are. */
  public ParameterBlock skip(int count) {
    align(8);
    bytes.position(bytes.position() + count);
    return this;
  }

  /** The bytes so far. */
  public byte[] bytes() {
    align(8);
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private void align(int size) {
    while (bytes.position() % size != 0) {
      bytes.put((byte) 0);
    }
  }
}
