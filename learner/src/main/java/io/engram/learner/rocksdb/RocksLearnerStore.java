package io.engram.learner.rocksdb;

import io.engram.core.continual.ContinualState;
import io.engram.core.evaluation.PrequentialScores;
import io.engram.core.lifelong.Examination;
import io.engram.core.lifelong.GroupOutcome;
import io.engram.core.lifelong.HeldOut;
import io.engram.core.lifelong.LifelongSettings;
import io.engram.core.lifelong.LifelongState;
import io.engram.core.memory.Admission;
import io.engram.core.memory.Remembered;
import io.engram.core.meta.MetaState;
import io.engram.core.meta.Moments;
import io.engram.core.task.LogPosition;
import io.engram.learner.agent.LearnerStore;
import io.engram.learner.agent.Publication;
import io.engram.learner.agent.RecordBuffer;
import io.engram.learner.rocksdb.StateCodec.Bookkeeping;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/** {@link LearnerStore} on RocksDB. */
public final class RocksLearnerStore implements LearnerStore {

  static final byte[] FORMAT = key("format");
  private static final byte[] IDENTITY = key("identity");
  static final byte[] BOOKKEEPING = key("bookkeeping");
  private static final byte[] ENGINE = key("engine");
  private static final byte[] ORDER = key("order");
  private static final byte[] THETA = key("theta");
  private static final byte[] THETA_M = key("theta.m");
  private static final byte[] THETA_V = key("theta.v");
  private static final byte[] ALPHA = key("alpha");
  private static final byte[] ALPHA_M = key("alpha.m");
  private static final byte[] ALPHA_V = key("alpha.v");

  private final Path directory;
  private final LifelongSettings settings;
  private final Database database;
  private final StreamRecords stream;
  private final HeldOutRecords heldOut;
  private final ExaminationRecords examination;
  private @Nullable ComputedBy engine;

  private RocksLearnerStore(Path directory, LifelongSettings settings, Database database) {
    this.directory = directory;
    this.settings = settings;
    this.database = database;
    this.stream = new StreamRecords(database);
    this.heldOut = new HeldOutRecords(database);
    this.examination = new ExaminationRecords(database);
  }

  /**
   * Opens or creates the store in a directory of its own.
   *
   * @param sync whether a commit also survives the loss of power
   * @throws StoreException if it is in use, damaged, of a newer format, or was made for another network
   */
  public static RocksLearnerStore open(Path directory, LifelongSettings settings, boolean sync) {
    return over(new Database(directory, sync), directory, settings);
  }

  static RocksLearnerStore over(Database database, Path directory, LifelongSettings settings) {
    RocksLearnerStore store = new RocksLearnerStore(directory, settings, database);
    try {
      store.requireReadable();
    } catch (StoreException e) {
      database.close();
      throw e;
    }
    return store;
  }

  private void requireReadable() {
    byte[] format = state(FORMAT);
    if (format == null) {
      return;
    }
    StoreFormat.requireReadable(directory, ByteBuffer.wrap(format).getInt());
    byte[] identity = require(IDENTITY);
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
    byte[] noted = state(ENGINE);
    return Optional.of(noted == null ? ComputedBy.BEFORE_THIS_WAS_NOTED : ComputedBy.decode(noted));
  }

  /** Notes with every commit from now on which engine computed it. */
  public void computesWith(ComputedBy now) {
    engine = now;
  }

  @Override
  public boolean fresh() {
    return state(FORMAT) == null;
  }

  @Override
  public Optional<Committed> load() {
    if (fresh()) {
      return Optional.empty();
    }
    Bookkeeping books;
    try {
      books = StateCodec.decode(require(BOOKKEEPING));
    } catch (IOException e) {
      throw database.damaged("its bookkeeping cannot be read: " + e);
    }
    Moments moments = new Moments(floats(THETA_M), floats(THETA_V), books.momentSteps());
    Moments stepSizeMoments =
        new Moments(floats(ALPHA_M), floats(ALPHA_V), books.stepSizeMomentSteps());
    LifelongState state =
        new LifelongState(
            new MetaState(
                parameters(THETA), moments, floats(ALPHA), stepSizeMoments, books.updates()),
            settings.restoreMemory(index(), books.progress().tasks()),
            settings.stream() == null
                ? ContinualState.NONE
                : stream.read(settings.network().layout().length()),
            settings.stream() == null ? HeldOut.NONE : heldOut.read(),
            settings.stream() == null
                ? Examination.NONE
                : examination.read(settings.network().layout().length()),
            PrequentialScores.restore(
                settings.window(), books.firstScores(), books.lastScores(), books.scoredTasks()),
            books.labels(),
            books.inputScale(),
            books.targetScale(),
            books.progress());
    return Optional.of(new Committed(state, books.publication()));
  }

  @Override
  public void commit(
      GroupOutcome outcome, List<byte[]> records, LifelongState after, Publication publication) {
    try (WriteBatch batch = new WriteBatch()) {
      putState(batch, after, publication);
      batch.delete(database.state(), ORDER);
      for (int i = 0; i < outcome.admissions().size(); i++) {
        putTask(batch, outcome.admissions().get(i), records.get(i));
      }
      database.write(batch);
    } catch (RocksDBException e) {
      throw unassembled(e);
    }
  }

  @Override
  public void recordOrder(List<LogPosition> shown) {
    try (WriteBatch batch = new WriteBatch()) {
      put(batch, ORDER, OrderCodec.encode(shown));
      database.writeUnsynced(batch);
    } catch (RocksDBException e) {
      throw unassembled(e);
    }
  }

  @Override
  public List<LogPosition> recordedOrder() {
    byte[] bytes = state(ORDER);
    return bytes == null ? List.of() : OrderCodec.decode(bytes);
  }

  @Override
  public void remember(int slot, byte[] record) {
    try (WriteBatch batch = new WriteBatch()) {
      batch.put(database.tasks(), slotKey(slot), record);
      database.write(batch);
    } catch (RocksDBException e) {
      throw unassembled(e);
    }
  }

  @Override
  public void forget(int slot) {
    try (WriteBatch batch = new WriteBatch()) {
      batch.delete(database.tasks(), slotKey(slot));
      database.write(batch);
    } catch (RocksDBException e) {
      throw unassembled(e);
    }
  }

  @Override
  public void adopt(LifelongState state, Publication publication) {
    try (WriteBatch batch = new WriteBatch()) {
      putState(batch, state, publication);
      for (Map.Entry<Integer, Remembered> it : state.memory().contents().entrySet()) {
        batch.put(database.index(), slotKey(it.getKey()), IndexCodec.encode(it.getValue()));
      }
      database.write(batch);
    } catch (RocksDBException e) {
      throw unassembled(e);
    }
  }

  private StoreException unassembled(RocksDBException e) {
    return new StoreException(
        directory, StoreTrouble.OTHER, "a commit could not be assembled: " + e.getMessage(), e);
  }

  private void putState(WriteBatch batch, LifelongState state, Publication publication)
      throws RocksDBException {
    MetaState meta = state.meta();
    put(
        batch,
        FORMAT,
        ByteBuffer.allocate(Integer.BYTES).putInt(StoreFormat.version(settings)).array());
    put(batch, IDENTITY, StoreFormat.identity(settings));
    if (engine != null) {
      put(batch, ENGINE, engine.encode());
    }
    put(batch, BOOKKEEPING, StateCodec.encode(Bookkeeping.of(state, publication)));
    put(batch, THETA, Floats.encode(meta.theta()));
    put(batch, THETA_M, Floats.encode(meta.moments().first()));
    put(batch, THETA_V, Floats.encode(meta.moments().second()));
    put(batch, ALPHA, Floats.encode(meta.stepSizes()));
    put(batch, ALPHA_M, Floats.encode(meta.stepSizeMoments().first()));
    put(batch, ALPHA_V, Floats.encode(meta.stepSizeMoments().second()));
    if (settings.stream() != null) {
      stream.put(batch, state.stream());
      heldOut.put(batch, state.heldOut());
      examination.put(batch, state.examination());
    }
  }

  private void put(WriteBatch batch, byte[] key, byte[] value) throws RocksDBException {
    batch.put(database.state(), key, value);
  }

  private void putTask(WriteBatch batch, Admission admission, byte[] record)
      throws RocksDBException {
    if (admission instanceof Admission.Kept kept) {
      for (int slot : kept.emptied()) {
        batch.delete(database.index(), slotKey(slot));
        batch.delete(database.tasks(), slotKey(slot));
      }
      put(batch, kept.slot(), kept.entry(), record);
    }
  }

  private void put(WriteBatch batch, int slot, Remembered entry, byte[] record)
      throws RocksDBException {
    batch.put(database.index(), slotKey(slot), IndexCodec.encode(entry));
    batch.put(database.tasks(), slotKey(slot), record);
  }

  @Override
  public void read(int slot, RecordBuffer into) {
    byte[] key = slotKey(slot);
    int length = database.get(database.tasks(), key, into.bytes());
    if (length > into.bytes().length) {
      length = database.get(database.tasks(), key, into.room(length));
    }
    if (length == RocksDB.NOT_FOUND) {
      throw database.damaged("memory slot " + slot + " is empty");
    }
    into.filled(length);
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
      throw database.damaged("its memory index cannot be read: " + e.getMessage());
    }
    return index;
  }

  private Remembered entry(int slot, byte[] bytes) {
    try {
      return IndexCodec.decode(bytes, () -> read(slot).length);
    } catch (BufferUnderflowException e) {
      throw database.damaged("a memory index entry ends after %d bytes".formatted(bytes.length));
    }
  }

  /** θ and what has its length. */
  private float[] parameters(byte[] key) {
    float[] values = floats(key);
    int expected = settings.network().layout().length();
    if (values.length != expected) {
      throw database.damaged(
          "'%s' holds %d numbers, the network has %d parameters"
              .formatted(new String(key, StandardCharsets.UTF_8), values.length, expected));
    }
    return values;
  }

  private float[] floats(byte[] key) {
    return Floats.decode(require(key));
  }

  private byte[] require(byte[] key) {
    byte[] value = state(key);
    if (value == null) {
      throw database.damaged("'" + new String(key, StandardCharsets.UTF_8) + "' is missing");
    }
    return value;
  }

  private byte @Nullable [] state(byte[] key) {
    return database.get(database.state(), key);
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
    database.close();
  }

  private static byte[] key(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] slotKey(int slot) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(slot).array();
  }
}
