package io.engram.learner.rocksdb;

import io.engram.core.task.LogPosition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Log positions in an order, as bytes: partition and offset of each. */
final class OrderCodec {

  private static final int BYTES = Integer.BYTES + Long.BYTES;

  private OrderCodec() {}

  static byte[] encode(List<LogPosition> order) {
    ByteBuffer out = ByteBuffer.allocate(order.size() * BYTES);
    for (LogPosition position : order) {
      out.putInt(position.partition()).putLong(position.offset());
    }
    return out.array();
  }

  static List<LogPosition> decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<LogPosition> order = new ArrayList<>(bytes.length / BYTES);
    while (in.remaining() >= BYTES) {
      order.add(new LogPosition(in.getInt(), in.getLong()));
    }
    return order;
  }
}
