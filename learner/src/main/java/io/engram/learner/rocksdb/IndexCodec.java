package io.engram.learner.rocksdb;

import io.engram.core.memory.Remembered;
import io.engram.core.task.LogPosition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An entry of the memory's index as bytes: partition, offset, rank, arrival, surprise, then the group's name in UTF-8. */
final class IndexCodec {

  private static final int FIXED_BYTES = Integer.BYTES + 3 * Long.BYTES + Float.BYTES;

  private IndexCodec() {}

  static byte[] encode(Remembered entry) {
    byte[] group = entry.group().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(FIXED_BYTES + group.length)
        .putInt(entry.position().partition())
        .putLong(entry.position().offset())
        .putLong(entry.rank())
        .putLong(entry.arrival())
        .putFloat(entry.surprise())
        .put(group)
        .array();
  }

  static Remembered decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    LogPosition position = new LogPosition(in.getInt(), in.getLong());
    long rank = in.getLong();
    long arrival = in.getLong();
    float surprise = in.getFloat();
    String group = StandardCharsets.UTF_8.decode(in).toString();
    return new Remembered(position, group, rank, arrival, surprise);
  }
}
