package io.engram.learner.rocksdb;

import io.engram.core.learning.Examination;
import io.engram.core.learning.Examination.PastVersion;
import io.engram.core.learning.RunningScale;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** The newest version's examination: its scores, and the best version yet with θ in a record of its own. Written when it is another one. */
final class ExaminationRecords {

  private static final String SCORES = "examination";
  private static final String THETA = "examination.theta";

  private final StateRecords state;
  private Examination written = Examination.NONE;

  ExaminationRecords(StateRecords state) {
    this.state = state;
  }

  @SuppressWarnings("ReferenceEquality") // a past version never changes
  void put(WriteBatch batch, Examination examination) throws RocksDBException {
    if (examination == written) {
      return;
    }
    state.put(batch, SCORES, encode(examination));
    PastVersion best = examination.best();
    if (best != null && best != written.best()) {
      state.put(batch, THETA, best.theta());
    }
    written = examination;
  }

  /**
   * The one written last; none in a store from before there were such.
   *
   * @param parameters elements of θ
   */
  Examination read(int parameters) {
    byte[] scores = state.find(SCORES);
    if (scores == null) {
      return written;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(scores))) {
      double score = in.readDouble();
      double before = in.readDouble();
      written = new Examination(score, before, in.readBoolean() ? best(in, parameters) : null);
      return written;
    } catch (IOException e) {
      throw state.damaged("the record 'examination' cannot be read: " + e);
    }
  }

  private PastVersion best(DataInputStream in, int parameters) throws IOException {
    int classes = in.readInt();
    RunningScale scale = StateCodec.readScale(in);
    byte @Nullable [] theta = state.find(THETA);
    int found = theta == null ? 0 : theta.length / Float.BYTES;
    if (theta == null || found != parameters) {
      throw state.damaged(
          "'examination.theta' holds %d numbers, the network has %d parameters"
              .formatted(found, parameters));
    }
    return new PastVersion(Floats.decode(theta), scale, classes);
  }

  private static byte[] encode(Examination examination) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PastVersion best = examination.best();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeDouble(examination.score());
      out.writeDouble(examination.before());
      out.writeBoolean(best != null);
      if (best != null) {
        out.writeInt(best.classes());
        StateCodec.writeScale(out, best.inputScale());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
