package io.engram.learner.rocksdb;

import io.engram.core.memory.Admission;
import io.engram.core.memory.Remembered;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/** An episodic memory of tasks as records: what its index says of each slot, and the task as it came. */
final class TaskMemoryRecords {

  private final Database database;
  private final StateRecords state;
  private final IntUnaryOperator length;

  /**
   * Those of a database.
   *
   * @param length bytes of the task in a slot, for indexes of before they knew
   */
  TaskMemoryRecords(Database database, StateRecords state, IntUnaryOperator length) {
    this.database = database;
    this.state = state;
    this.length = length;
  }

  /** Puts what admissions change, one for each record. */
  void put(WriteBatch batch, List<Admission> admissions, List<byte[]> records)
      throws RocksDBException {
    for (int i = 0; i < admissions.size(); i++) {
      if (admissions.get(i) instanceof Admission.Kept kept) {
        for (int slot : kept.emptied()) {
          batch.delete(database.index(), StateRecords.place(slot));
          batch.delete(database.tasks(), StateRecords.place(slot));
        }
        putIndex(batch, kept.slot(), kept.entry());
        batch.put(database.tasks(), StateRecords.place(kept.slot()), records.get(i));
      }
    }
  }

  void putIndex(WriteBatch batch, int slot, Remembered entry) throws RocksDBException {
    batch.put(database.index(), StateRecords.place(slot), IndexCodec.encode(entry));
  }

  /** What the memory remembers, by slot. */
  Map<Integer, Remembered> index() {
    Map<Integer, Remembered> index = new TreeMap<>();
    try (RocksIterator slots = database.iterate(database.index())) {
      for (slots.seekToFirst(); slots.isValid(); slots.next()) {
        int slot = ByteBuffer.wrap(slots.key()).getInt();
        index.put(slot, entry(slot, slots.value()));
      }
      slots.status();
    } catch (RocksDBException e) {
      throw state.damaged("its memory index cannot be read: " + e.getMessage());
    }
    return index;
  }

  private Remembered entry(int slot, byte[] bytes) {
    try {
      return IndexCodec.decode(bytes, () -> length.applyAsInt(slot));
    } catch (BufferUnderflowException e) {
      throw state.damaged("a memory index entry ends after %d bytes".formatted(bytes.length));
    }
  }
}
