package io.engram.learner.rocksdb;

import io.engram.core.learning.Retained;
import io.engram.core.learning.TaskExamination;
import io.engram.core.learning.TaskVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The examination of a learner of tasks: the newest version's scores, and the best version yet with θ and α in records of their own. Written
 * when it is another one.
 */
final class TaskExaminationRecords {

  private static final String SCORES = "task-examination";
  private static final String THETA = "task-examination.theta";
  private static final String ALPHA = "task-examination.alpha";

  private final StateRecords state;
  private TaskExamination<TaskVersion> written = TaskExamination.none();

  TaskExaminationRecords(StateRecords state) {
    this.state = state;
  }

  @SuppressWarnings("ReferenceEquality") // a past version never changes
  void put(WriteBatch batch, TaskExamination<TaskVersion> examination) throws RocksDBException {
    if (examination.equals(written)) {
      return;
    }
    state.put(batch, SCORES, encode(examination));
    TaskVersion best = examination.best();
    if (best != null && best != written.best()) {
      state.put(batch, THETA, best.theta());
      state.put(batch, ALPHA, best.stepSizes());
    }
    written = examination;
  }

  /**
   * The one written last; none in a store from before there were such.
   *
   * @param parameters elements of θ
   */
  TaskExamination<TaskVersion> read(int parameters) {
    byte[] scores = state.find(SCORES);
    if (scores == null) {
      return written;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(scores))) {
      Retained retained =
          new Retained(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
      written = new TaskExamination<>(retained, in.readBoolean() ? best(in, parameters) : null);
      return written;
    } catch (IOException e) {
      throw state.damaged("the record '%s' cannot be read: %s".formatted(SCORES, e));
    }
  }

  private TaskVersion best(DataInputStream in, int parameters) throws IOException {
    return new TaskVersion(
        state.parameters(THETA, parameters),
        state.floats(ALPHA),
        StateCodec.readScale(in),
        StateCodec.readScale(in));
  }

  private static byte[] encode(TaskExamination<TaskVersion> examination) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TaskVersion best = examination.best();
    Retained retained = examination.retained();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeDouble(retained.score());
      out.writeDouble(retained.before());
      out.writeDouble(retained.oldest());
      out.writeDouble(retained.newest());
      out.writeBoolean(best != null);
      if (best != null) {
        StateCodec.writeScale(out, best.inputScale());
        StateCodec.writeScale(out, best.targetScale());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
