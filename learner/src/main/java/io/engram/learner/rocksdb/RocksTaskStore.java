package io.engram.learner.rocksdb;

import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.memory.Admission;
import io.engram.core.memory.Remembered;
import io.engram.core.meta.MetaState;
import io.engram.learner.agent.Publication;
import io.engram.learner.agent.TaskStore;
import io.engram.learner.rocksdb.StateCodec.Bookkeeping;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/** The store of a learner of tasks: θ, α and their moments, the memory's index, and remembered tasks as they came. */
public final class RocksTaskStore extends RocksLearnerStore<TaskState, TaskOutcome>
    implements TaskStore {

  private final TaskSettings settings;
  private final Database database;
  private final HeldOutTaskRecords heldOut;
  private final TaskExaminationRecords examination;

  RocksTaskStore(Path directory, TaskSettings settings, Database database) {
    super(directory, settings, database);
    this.settings = settings;
    this.database = database;
    this.heldOut = new HeldOutTaskRecords(state(), database);
    this.examination = new TaskExaminationRecords(state());
  }

  @Override
  TaskState read(Bookkeeping books) {
    return new TaskState(
        OuterRecords.read(state(), settings.network().layout().length(), books),
        settings.memory().restore(settings.seed(), index(), books.standing().progress().tasks()),
        heldOut.read(),
        examination.read(settings.network().layout().length()),
        books.standing());
  }

  @Override
  void put(WriteBatch batch, TaskState now, Publication publication) throws RocksDBException {
    MetaState meta = now.meta();
    Bookkeeping books =
        new Bookkeeping(
            meta.updates(),
            meta.moments().steps(),
            meta.stepSizeMoments().steps(),
            now.standing(),
            publication);
    state().put(batch, BOOKKEEPING, StateCodec.encode(books));
    OuterRecords.put(state(), batch, meta);
    heldOut.put(batch, now.heldOut());
    examination.put(batch, now.examination());
  }

  @Override
  void putMemory(WriteBatch batch, TaskOutcome outcome, List<byte[]> records)
      throws RocksDBException {
    for (int i = 0; i < outcome.admissions().size(); i++) {
      if (outcome.admissions().get(i) instanceof Admission.Kept kept) {
        for (int slot : kept.emptied()) {
          batch.delete(database.index(), StateRecords.place(slot));
          batch.delete(database.tasks(), StateRecords.place(slot));
        }
        putIndex(batch, kept.slot(), kept.entry());
        batch.put(database.tasks(), StateRecords.place(kept.slot()), records.get(i));
      }
    }
  }

  private void putIndex(WriteBatch batch, int slot, Remembered entry) throws RocksDBException {
    batch.put(database.index(), StateRecords.place(slot), IndexCodec.encode(entry));
  }

  @Override
  public void remember(int slot, byte[] record) {
    write(batch -> batch.put(database.tasks(), StateRecords.place(slot), record));
  }

  @Override
  public void forget(int slot) {
    write(batch -> batch.delete(database.tasks(), StateRecords.place(slot)));
  }

  @Override
  public void adopt(TaskState rebuilt, Publication publication) {
    write(
        batch -> {
          putState(batch, rebuilt, publication);
          for (Map.Entry<Integer, Remembered> it : rebuilt.memory().contents().entrySet()) {
            putIndex(batch, it.getKey(), it.getValue());
          }
        });
  }

  private Map<Integer, Remembered> index() {
    Map<Integer, Remembered> index = new TreeMap<>();
    try (RocksIterator slots = database.iterate(database.index())) {
      for (slots.seekToFirst(); slots.isValid(); slots.next()) {
        int slot = ByteBuffer.wrap(slots.key()).getInt();
        index.put(slot, entry(slot, slots.value()));
      }
      slots.status();
    } catch (RocksDBException e) {
      throw state().damaged("its memory index cannot be read: " + e.getMessage());
    }
    return index;
  }

  private Remembered entry(int slot, byte[] bytes) {
    try {
      return IndexCodec.decode(bytes, () -> read(slot).length);
    } catch (BufferUnderflowException e) {
      throw state().damaged("a memory index entry ends after %d bytes".formatted(bytes.length));
    }
  }
}
