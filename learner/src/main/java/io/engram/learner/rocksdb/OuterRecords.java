package io.engram.learner.rocksdb;

import io.engram.core.meta.MetaState;
import io.engram.core.meta.MetaState.Lengths;
import io.engram.core.meta.Moments;
import io.engram.core.meta.UsualLength;
import io.engram.learner.rocksdb.StateCodec.Bookkeeping;
import java.nio.ByteBuffer;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * θ, α and the moments of both, each array a record of its own. Every store has all six; where nothing moves θ but the learner itself, all
 * but θ are empty.
 */
final class OuterRecords {

  private static final String THETA = "theta";
  private static final String THETA_M = "theta.m";
  private static final String THETA_V = "theta.v";
  private static final String ALPHA = "alpha";
  private static final String ALPHA_M = "alpha.m";
  private static final String ALPHA_V = "alpha.v";
  private static final String THETA_LENGTHS = "theta.lengths";
  private static final String ALPHA_LENGTHS = "alpha.lengths";
  private static final float[] NONE = {};

  private OuterRecords() {}

  static void put(StateRecords state, WriteBatch batch, MetaState meta) throws RocksDBException {
    state.put(batch, THETA, meta.theta());
    put(state, batch, THETA_M, THETA_V, meta.moments());
    state.put(batch, ALPHA, meta.stepSizes());
    put(state, batch, ALPHA_M, ALPHA_V, meta.stepSizeMoments());
    state.put(batch, THETA_LENGTHS, encoded(meta.lengths().parameters()));
    state.put(batch, ALPHA_LENGTHS, encoded(meta.lengths().stepSizes()));
  }

  private static void put(
      StateRecords state, WriteBatch batch, String first, String second, Moments moments)
      throws RocksDBException {
    state.put(batch, first, moments.first());
    state.put(batch, second, moments.second());
  }

  /** θ alone. */
  static void put(StateRecords state, WriteBatch batch, float[] theta) throws RocksDBException {
    state.put(batch, THETA, theta);
    for (String name : new String[] {THETA_M, THETA_V, ALPHA, ALPHA_M, ALPHA_V}) {
      state.put(batch, name, NONE);
    }
  }

  /**
   * θ and its company.
   *
   * @param parameters elements of θ
   */
  static MetaState read(StateRecords state, int parameters, Bookkeeping books) {
    return new MetaState(
        theta(state, parameters),
        new Moments(state.floats(THETA_M), state.floats(THETA_V), books.momentSteps()),
        state.floats(ALPHA),
        new Moments(state.floats(ALPHA_M), state.floats(ALPHA_V), books.stepSizeMomentSteps()),
        lengths(state),
        books.updates());
  }

  /** How long gradients usually are; stores of before do not say. */
  private static Lengths lengths(StateRecords state) {
    byte[] parameters = state.find(THETA_LENGTHS);
    byte[] stepSizes = state.find(ALPHA_LENGTHS);
    return parameters == null || stepSizes == null
        ? Lengths.unknown()
        : new Lengths(decoded(state, parameters), decoded(state, stepSizes));
  }

  private static byte[] encoded(UsualLength usual) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + UsualLength.WINDOW * Float.BYTES).putLong(usual.steps());
    bytes.asFloatBuffer().put(usual.ring());
    return bytes.array();
  }

  private static UsualLength decoded(StateRecords state, byte[] bytes) {
    if (bytes.length != Long.BYTES + UsualLength.WINDOW * Float.BYTES) {
      throw state.damaged("lengths of gradients take %d bytes".formatted(bytes.length));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long steps = in.getLong();
    float[] ring = new float[UsualLength.WINDOW];
    in.asFloatBuffer().get(ring);
    return new UsualLength(ring, steps);
  }

  static float[] theta(StateRecords state, int parameters) {
    return state.parameters(THETA, parameters);
  }
}
