package io.engram.learner.rocksdb;

import io.engram.core.learning.Retained;
import io.engram.core.learning.TaskExamination;
import io.engram.core.tables.TableModel;
import io.engram.core.tables.TableShape;
import java.nio.ByteBuffer;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** The examination of a learner of tables: the newest version's scores, and the best version yet in a record of its own, written when it is another one. */
final class TableExaminationRecords {

  private static final String SCORES = "table-examination";
  private static final String BEST = "table-examination.best";
  private static final int SCORED = 4;

  private final StateRecords state;
  private TaskExamination<TableModel> written = TaskExamination.none();

  TableExaminationRecords(StateRecords state) {
    this.state = state;
  }

  @SuppressWarnings("ReferenceEquality") // a past version never changes
  void put(WriteBatch batch, TaskExamination<TableModel> examination) throws RocksDBException {
    if (examination == written) {
      return;
    }
    Retained retained = examination.retained();
    ByteBuffer scores = ByteBuffer.allocate(SCORED * Double.BYTES + 1);
    scores.putDouble(retained.score()).putDouble(retained.before());
    scores.putDouble(retained.oldest()).putDouble(retained.newest());
    TableModel best = examination.best();
    scores.put((byte) (best == null ? 0 : 1));
    state.put(batch, SCORES, scores.array());
    if (best != null && best != written.best()) {
      state.put(batch, BEST, best.flat());
    }
    written = examination;
  }

  /** The one written last. */
  TaskExamination<TableModel> read(TableShape shape) {
    byte[] bytes = state.find(SCORES);
    if (bytes == null) {
      return written;
    }
    if (bytes.length != SCORED * Double.BYTES + 1) {
      throw state.damaged("'%s' holds %d bytes".formatted(SCORES, bytes.length));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Retained retained =
        new Retained(in.getDouble(), in.getDouble(), in.getDouble(), in.getDouble());
    TableModel best =
        in.get() == 0 ? null : TableModel.of(shape, state.parameters(BEST, shape.modelLength()));
    written = new TaskExamination<>(retained, best);
    return written;
  }
}
