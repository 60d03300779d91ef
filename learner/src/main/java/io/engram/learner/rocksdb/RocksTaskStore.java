package io.engram.learner.rocksdb;

import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.memory.Remembered;
import io.engram.core.meta.MetaState;
import io.engram.learner.agent.Publication;
import io.engram.learner.agent.TaskStore;
import io.engram.learner.rocksdb.StateCodec.Bookkeeping;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** The store of a learner of tasks: θ, α and their moments, the memory's index, and remembered tasks as they came. */
public final class RocksTaskStore extends RocksLearnerStore<TaskState, TaskOutcome>
    implements TaskStore {

  private final TaskSettings settings;
  private final Database database;
  private final TaskMemoryRecords memory;
  private final HeldOutTaskRecords heldOut;
  private final TaskExaminationRecords examination;

  RocksTaskStore(Path directory, TaskSettings settings, Database database) {
    super(directory, settings, database);
    this.settings = settings;
    this.database = database;
    this.memory = new TaskMemoryRecords(database, state(), slot -> read(slot).length);
    this.heldOut = new HeldOutTaskRecords(state(), database);
    this.examination = new TaskExaminationRecords(state());
  }

  @Override
  TaskState read(Bookkeeping books) {
    return new TaskState(
        OuterRecords.read(state(), settings.network().layout().length(), books),
        settings
            .memory()
            .restore(settings.seed(), memory.index(), books.standing().progress().tasks()),
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
    memory.put(batch, outcome.admissions(), records);
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
            memory.putIndex(batch, it.getKey(), it.getValue());
          }
        });
  }
}
