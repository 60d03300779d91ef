package io.engram.learner.rocksdb;

import io.engram.core.learning.HeldOutTasks;
import io.engram.core.learning.HeldOutTasks.Kept;
import io.engram.model.TaskCodec;
import io.engram.schemas.WireException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * The tasks held out of learning, each a record of its own under its tag: how many had come before it, then the task. A commit writes what
 * came and went since the last.
 */
final class HeldOutTaskRecords {

  private static final byte[] PREFIX = StateRecords.key("held-out-task.");

  private final StateRecords state;
  private final Database database;
  private HeldOutTasks written = HeldOutTasks.NONE;

  HeldOutTaskRecords(StateRecords state, Database database) {
    this.state = state;
    this.database = database;
  }

  void put(WriteBatch batch, HeldOutTasks heldOut) throws RocksDBException {
    for (Kept kept : heldOut.without(written).values()) {
      batch.put(database.state(), key(kept.tag()), encode(kept));
    }
    for (long gone : written.without(heldOut).keySet()) {
      batch.delete(database.state(), key(gone));
    }
    written = heldOut;
  }

  /** Those written last; none in a store from before there were such. */
  HeldOutTasks read() {
    SortedMap<Long, Kept> tasks = new TreeMap<>();
    try (RocksIterator records = database.iterate(database.state())) {
      records.seek(PREFIX);
      while (records.isValid() && isHeldOut(records.key())) {
        long tag = ByteBuffer.wrap(records.key()).getLong(PREFIX.length);
        tasks.put(tag, decode(tag, records.value()));
        records.next();
      }
      records.status();
    } catch (RocksDBException e) {
      throw state.damaged("the tasks held out cannot be read: " + e.getMessage());
    }
    written = new HeldOutTasks(tasks);
    return written;
  }

  private static byte[] encode(Kept kept) {
    byte[] task = TaskCodec.encode(kept.task(), 0, 0);
    return ByteBuffer.allocate(Long.BYTES + task.length).putLong(kept.arrival()).put(task).array();
  }

  private Kept decode(long tag, byte[] record) {
    if (record.length < Long.BYTES) {
      throw state.damaged("the held-out task %d ends after %d bytes".formatted(tag, record.length));
    }
    try {
      byte[] task = Arrays.copyOfRange(record, Long.BYTES, record.length);
      return new Kept(tag, TaskCodec.decode(task), ByteBuffer.wrap(record).getLong());
    } catch (WireException e) {
      throw state.damaged("the held-out task %d cannot be read: %s".formatted(tag, e.getMessage()));
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
