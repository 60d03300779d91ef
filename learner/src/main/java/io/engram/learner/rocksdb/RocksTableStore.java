package io.engram.learner.rocksdb;

import io.engram.core.baseline.Mixture;
import io.engram.core.learning.Experience;
import io.engram.core.learning.TableOutcome;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TableState;
import io.engram.core.tables.Doubt;
import io.engram.core.tables.Recent;
import io.engram.core.tables.TableModel;
import io.engram.learner.agent.Publication;
import io.engram.learner.rocksdb.StateCodec.Bookkeeping;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** The store of a learner of tables: the model, the trust in its experts, how far off answers are and what they got wrong of late, when it is fitted, and the memory of tasks. */
public final class RocksTableStore extends RocksLearnerStore<TableState, TableOutcome> {

  private static final String MODEL = "table-model";
  private static final String TRUST = "table-trust";
  private static final String DOUBT = "table-doubt";
  private static final String RECENT = "table-recent";
  private static final String GROWTH = "table-growth";

  private final TableSettings settings;
  private final TaskMemoryRecords memory;
  private final HeldOutTaskRecords heldOut;
  private final TableExaminationRecords examination;

  RocksTableStore(Path directory, TableSettings settings, Database database) {
    super(directory, settings, database);
    this.settings = settings;
    this.memory = new TaskMemoryRecords(database, state(), slot -> read(slot).length);
    this.heldOut = new HeldOutTaskRecords(state(), database);
    this.examination = new TableExaminationRecords(state());
  }

  @Override
  TableState read(Bookkeeping books) {
    return new TableState(
        model(),
        new Experience(
            doubles(TRUST, Mixture.savedLength(settings.shape().experts().size())),
            doubles(DOUBT, Doubt.SAVED),
            doubles(RECENT, Recent.savedLength(settings.shape()))),
        growth(),
        settings
            .memory()
            .restore(settings.seed(), memory.index(), books.standing().progress().tasks()),
        heldOut.read(),
        examination.read(settings.shape()),
        books.standing());
  }

  private TableModel model() {
    int length = settings.shape().modelLength();
    return TableModel.of(settings.shape(), state().parameters(MODEL, length));
  }

  private double[] doubles(String name, int expected) {
    byte[] bytes = state().require(name);
    if (bytes.length != expected * Double.BYTES) {
      throw state()
          .damaged(
              "'%s' holds %d bytes, expected %d numbers".formatted(name, bytes.length, expected));
    }
    double[] values = new double[expected];
    ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
    return values;
  }

  private TableState.Growth growth() {
    byte[] bytes = state().require(GROWTH);
    if (bytes.length != 3 * Long.BYTES) {
      throw state().damaged("'%s' holds %d bytes".formatted(GROWTH, bytes.length));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new TableState.Growth(in.getLong(), in.getLong(), in.getLong());
  }

  @Override
  void put(WriteBatch batch, TableState now, Publication publication) throws RocksDBException {
    Bookkeeping books = new Bookkeeping(now.updates(), 0, 0, now.standing(), publication);
    state().put(batch, BOOKKEEPING, StateCodec.encode(books));
    state().put(batch, MODEL, now.model().flat());
    state().put(batch, TRUST, bytes(now.experience().trust()));
    state().put(batch, DOUBT, bytes(now.experience().doubt()));
    state().put(batch, RECENT, bytes(now.experience().recent()));
    TableState.Growth growth = now.growth();
    ByteBuffer when = ByteBuffer.allocate(3 * Long.BYTES);
    when.putLong(growth.fits()).putLong(growth.nextAt()).putLong(growth.measureAt());
    state().put(batch, GROWTH, when.array());
    heldOut.put(batch, now.heldOut());
    examination.put(batch, now.examination());
  }

  private static byte[] bytes(double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  @Override
  void putMemory(WriteBatch batch, TableOutcome outcome, List<byte[]> records)
      throws RocksDBException {
    memory.put(batch, outcome.admissions(), records);
  }
}
