package io.engram.learner.rocksdb;

import io.engram.core.guard.Guard;
import io.engram.core.guard.GuardBytes;
import io.engram.core.learning.GroupOutcome;
import io.engram.core.learning.LifelongSettings;
import io.engram.core.learning.LifelongState;
import io.engram.core.learning.StreamSettings;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TaskSettings;
import io.engram.core.task.LogPosition;
import io.engram.learner.agent.LearnerStore;
import io.engram.learner.agent.Publication;
import io.engram.learner.agent.RecordBuffer;
import io.engram.learner.rocksdb.CommitMark.Mark;
import io.engram.learner.rocksdb.StateCodec.Bookkeeping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * {@link LearnerStore} on RocksDB: what every kind of learner's store has. Which records its state is made of says the kind.
 *
 * @param <S> what the learner is between two groups
 * @param <O> what it makes of a group
 */
public abstract sealed class RocksLearnerStore<S extends LifelongState, O extends GroupOutcome>
    implements LearnerStore<S, O> permits RocksTaskStore, RocksStreamStore, RocksTableStore {

  static final String FORMAT = "format";
  static final String BOOKKEEPING = "bookkeeping";
  private static final String IDENTITY = "identity";
  private static final String ENGINE = "engine";
  private static final String GENERATION = "generation";
  private static final String ORDER = "order";
  private static final String GUARD = "guard";

  private final Path directory;
  private final LifelongSettings settings;
  private final Database database;
  private final StateRecords state;
  private final CommitMark mark;
  private @Nullable ComputedBy engine;
  private long generation;

  /**
   * Over a database, which is closed if it cannot be used.
   *
   * @throws StoreException if it is of a newer format, or was made for another network
   */
  RocksLearnerStore(Path directory, LifelongSettings settings, Database database) {
    this.directory = directory;
    this.settings = settings;
    this.database = database;
    this.state = new StateRecords(database);
    this.mark = CommitMark.in(directory);
    try {
      requireReadable();
    } catch (StoreException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Opens or creates the store of a learner of tasks in a directory of its own.
   *
   * @param sync whether a commit also survives the loss of power
   * @throws StoreException if it is in use, damaged, of a newer format, or was made for another network
   */
  public static RocksTaskStore open(Path directory, TaskSettings settings, boolean sync) {
    return new RocksTaskStore(directory, settings, new Database(directory, sync));
  }

  /** The same for a learner of single examples. */
  public static RocksStreamStore open(Path directory, StreamSettings settings, boolean sync) {
    return new RocksStreamStore(directory, settings, new Database(directory, sync));
  }

  /** The same for a learner of tables. */
  public static RocksTableStore open(Path directory, TableSettings settings, boolean sync) {
    return new RocksTableStore(directory, settings, new Database(directory, sync));
  }

  /** The state and its bookkeeping as the records have it. */
  abstract S read(Bookkeeping books);

  /** Puts all records of a state but those of its memory. */
  abstract void put(WriteBatch batch, S state, Publication publication) throws RocksDBException;

  /** Puts what an outcome changes of the memory. */
  abstract void putMemory(WriteBatch batch, O outcome, List<byte[]> records)
      throws RocksDBException;

  private void requireReadable() {
    byte[] format = state.find(FORMAT);
    if (format == null) {
      return;
    }
    StoreFormat.requireReadable(directory, ByteBuffer.wrap(format).getInt());
    byte[] identity = state.require(IDENTITY);
    byte[] expected = StoreFormat.identity(settings);
    if (!Arrays.equals(identity, expected)) {
      throw new StoreException(
          directory,
          "it was made with [%s], the configuration now says [%s]"
              .formatted(
                  new String(identity, StandardCharsets.UTF_8),
                  new String(expected, StandardCharsets.UTF_8)),
          "go back to the old settings, or choose another state directory to start afresh");
    }
  }

  /** Which engine computed what was committed last; nothing in a fresh store. */
  public Optional<ComputedBy> computedBy() {
    if (fresh()) {
      return Optional.empty();
    }
    byte[] noted = state.find(ENGINE);
    return Optional.of(noted == null ? ComputedBy.BEFORE_THIS_WAS_NOTED : ComputedBy.decode(noted));
  }

  /**
   * Has what it holds follow from this generation of the log of tasks, which is noted with every commit from now on.
   *
   * @throws StoreException if it holds what was learned from another one
   */
  public void follows(long now) {
    byte[] noted = state.find(GENERATION);
    long found = noted == null ? 0 : ByteBuffer.wrap(noted).getLong();
    if (!fresh() && found != now) {
      throw new StoreException(
          directory,
          "a task key was forgotten since: the log of tasks is of generation %d, the store of %d"
              .formatted(now, found),
          "delete the store; the log is then learned again from its beginning");
    }
    generation = now;
  }

  /** Notes with every commit from now on which engine computed it. */
  public void computesWith(ComputedBy now) {
    engine = now;
  }

  @Override
  public boolean fresh() {
    return state.find(FORMAT) == null;
  }

  @Override
  public Optional<Committed<S>> load() {
    if (fresh()) {
      mark.compare(new Mark(0, 0));
      return Optional.empty();
    }
    Bookkeeping books;
    try {
      books = StateCodec.decode(state.require(BOOKKEEPING), settings.window());
    } catch (IOException e) {
      throw state.damaged("its bookkeeping cannot be read: " + e);
    }
    Bookkeeping guarded = books.standing(books.standing().guardedBy(guard()));
    S committed = read(guarded);
    mark.compare(Mark.of(committed.progress()));
    return Optional.of(new Committed<>(committed, books.publication()));
  }

  /** What is ordinary; stores of before do not say. */
  private Guard guard() {
    byte[] bytes = state.find(GUARD);
    if (bytes == null) {
      return Guard.initial(settings.rules());
    }
    try {
      return GuardBytes.decode(bytes);
    } catch (IOException e) {
      throw state.damaged("'%s' cannot be read: %s".formatted(GUARD, e));
    }
  }

  @Override
  public void commit(O outcome, List<byte[]> records, S after, Publication publication) {
    write(
        batch -> {
          putState(batch, after, publication);
          state.delete(batch, ORDER);
          putMemory(batch, outcome, records);
        });
    mark.note(Mark.of(after.progress()));
  }

  /** Everything of a state but its memory. */
  final void putState(WriteBatch batch, S now, Publication publication) throws RocksDBException {
    int version = StoreFormat.version(settings);
    state.put(batch, FORMAT, ByteBuffer.allocate(Integer.BYTES).putInt(version).array());
    state.put(batch, IDENTITY, StoreFormat.identity(settings));
    if (engine != null) {
      state.put(batch, ENGINE, engine.encode());
    }
    if (generation > 0) {
      state.put(batch, GENERATION, ByteBuffer.allocate(Long.BYTES).putLong(generation).array());
    }
    state.put(batch, GUARD, GuardBytes.encode(now.standing().guard()));
    put(batch, now, publication);
  }

  @Override
  public void recordOrder(List<LogPosition> shown) {
    try (WriteBatch batch = new WriteBatch()) {
      state.put(batch, ORDER, OrderCodec.encode(shown));
      database.writeUnsynced(batch);
    } catch (RocksDBException e) {
      throw unassembled(e);
    }
  }

  @Override
  public List<LogPosition> recordedOrder() {
    byte[] bytes = state.find(ORDER);
    return bytes == null ? List.of() : OrderCodec.decode(bytes);
  }

  @Override
  public void read(int place, RecordBuffer into) {
    byte[] key = StateRecords.place(place);
    int length = database.get(database.tasks(), key, into.bytes());
    if (length > into.bytes().length) {
      length = database.get(database.tasks(), key, into.room(length));
    }
    if (length == RocksDB.NOT_FOUND) {
      throw state.damaged("memory slot " + place + " is empty");
    }
    into.filled(length);
  }

  /** The records of the state. */
  final StateRecords state() {
    return state;
  }

  /** Puts things into a batch. */
  @FunctionalInterface
  interface Assembly {
    void into(WriteBatch batch) throws RocksDBException;
  }

  /** Writes all of it, or nothing. */
  final void write(Assembly assembly) {
    try (WriteBatch batch = new WriteBatch()) {
      assembly.into(batch);
      database.write(batch);
    } catch (RocksDBException e) {
      throw unassembled(e);
    }
  }

  private StoreException unassembled(RocksDBException e) {
    return new StoreException(
        directory, StoreTrouble.OTHER, "a commit could not be assembled: " + e.getMessage(), e);
  }

  @Override
  public void backup(Path target) {
    StoreBackup.makeRoom(target);
    database.checkpoint(target);
  }

  /** Bytes of memory it takes outside the heap. Any thread. */
  public long memoryBytes() {
    return database.memoryBytes();
  }

  @Override
  public void close() {
    mark.close();
    database.close();
  }
}
