package io.engram.learner.rocksdb;

import io.engram.core.continual.Kept;
import io.engram.core.continual.StreamExample;
import io.engram.core.learning.HeldOut;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/** The examples held out of learning, each a record of its own under its tag. A commit writes what came and went since the last. */
final class HeldOutRecords {

  private static final byte[] PREFIX = StateRecords.key("held-out.");
  private static final float[] NO_LOGITS = {};

  private final StateRecords state;
  private final Database database;
  private HeldOut written = HeldOut.NONE;

  HeldOutRecords(StateRecords state, Database database) {
    this.state = state;
    this.database = database;
  }

  void put(WriteBatch batch, HeldOut heldOut) throws RocksDBException {
    for (Map.Entry<Long, StreamExample> it : heldOut.without(written).entrySet()) {
      byte[] example = KeptCodec.encode(new Kept(it.getValue(), NO_LOGITS));
      batch.put(database.state(), key(it.getKey()), example);
    }
    for (long gone : written.without(heldOut).keySet()) {
      batch.delete(database.state(), key(gone));
    }
    written = heldOut;
  }

  /** Those written last; none in a store from before there were such. */
  HeldOut read() {
    SortedMap<Long, StreamExample> examples = new TreeMap<>();
    try (RocksIterator records = database.iterate(database.state())) {
      records.seek(PREFIX);
      while (records.isValid() && isHeldOut(records.key())) {
        long tag = ByteBuffer.wrap(records.key()).getLong(PREFIX.length);
        examples.put(tag, decode(tag, records.value()));
        records.next();
      }
      records.status();
    } catch (RocksDBException e) {
      throw state.damaged("the examples held out cannot be read: " + e.getMessage());
    }
    written = new HeldOut(examples);
    return written;
  }

  private StreamExample decode(long tag, byte[] record) {
    try {
      return KeptCodec.decode(record).example();
    } catch (IllegalArgumentException e) {
      throw state.damaged(
          "the held-out example %d cannot be read: %s".formatted(tag, e.getMessage()));
    }
  }

  private static boolean isHeldOut(byte[] key) {
    return key.length == PREFIX.length + Long.BYTES
        && Arrays.equals(key, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
  }

  private static byte[] key(long tag) {
    return ByteBuffer.allocate(PREFIX.length + Long.BYTES).put(PREFIX).putLong(tag).array();
  }
}
