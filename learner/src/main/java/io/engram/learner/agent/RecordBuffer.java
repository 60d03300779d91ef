package io.engram.learner.agent;

import java.util.Arrays;

/** Room for one record at a time, used again for the next; as large as the largest it has held. For one thread at a time. */
public final class RecordBuffer {

  private static final int SMALLEST = 4096;

  private byte[] bytes = new byte[SMALLEST];
  private int length;

  /** The record is in front; what lies behind it means nothing. */
  public byte[] bytes() {
    return bytes;
  }

  /** The record's length. */
  public int length() {
    return length;
  }

  /** The same bytes, or new ones if those are fewer than {@code atLeast}. */
  public byte[] room(int atLeast) {
    if (bytes.length < atLeast) {
      bytes = new byte[atLeast];
    }
    return bytes;
  }

  /** Says that a record of this length was written to the front of {@link #bytes()}. */
  public void filled(int length) {
    this.length = length;
  }

  /** The record in an array of its own. */
  public byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }
}
