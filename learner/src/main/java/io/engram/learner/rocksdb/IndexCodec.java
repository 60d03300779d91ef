package io.engram.learner.rocksdb;

import io.engram.core.memory.Remembered;
import io.engram.core.task.LogPosition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/**
 * An entry of the memory's index as bytes: ~partition, offset, rank, arrival, bytes, surprise, then the group's name in UTF-8. Entries
 * of {@link StoreFormat} 1 begin with the partition, which is never negative, and have no bytes; a store may hold both.
 */
final class IndexCodec {

  private static final int FIXED_BYTES = 2 * Integer.BYTES + 3 * Long.BYTES + Float.BYTES;

  private IndexCodec() {}

  static byte[] encode(Remembered entry) {
    byte[] group = entry.group().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(FIXED_BYTES + group.length)
        .putInt(~entry.position().partition())
        .putLong(entry.position().offset())
        .putLong(entry.rank())
        .putLong(entry.arrival())
        .putInt(entry.bytes())
        .putFloat(entry.surprise())
        .put(group)
        .array();
  }

  /**
   * Reads an entry.
   *
   * @param size asks for the task's size, where the entry does not say it
   */
  static Remembered decode(byte[] bytes, IntSupplier size) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int first = in.getInt();
    LogPosition position = new LogPosition(first < 0 ? ~first : first, in.getLong());
    long rank = in.getLong();
    long arrival = in.getLong();
    int taskBytes = first < 0 ? in.getInt() : size.getAsInt();
    float surprise = in.getFloat();
    String group = new String(bytes, in.position(), in.remaining(), StandardCharsets.UTF_8);
    return new Remembered(position, group, rank, arrival, taskBytes, surprise);
  }
}
