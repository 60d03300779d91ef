package io.engram.learner.rocksdb;

import io.engram.core.learning.StreamOutcome;
import io.engram.core.learning.StreamSettings;
import io.engram.core.learning.StreamState;
import io.engram.learner.agent.Publication;
import io.engram.learner.rocksdb.StateCodec.Bookkeeping;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** The store of a learner of single examples: θ, what the continual learner is beside it, and what was held out of learning. */
public final class RocksStreamStore extends RocksLearnerStore<StreamState, StreamOutcome> {

  private final int parameters;
  private final StreamRecords learner;
  private final HeldOutRecords heldOut;
  private final ExaminationRecords examination;

  RocksStreamStore(Path directory, StreamSettings settings, Database database) {
    super(directory, settings, database);
    this.parameters = settings.network().layout().length();
    this.learner = new StreamRecords(state(), database);
    this.heldOut = new HeldOutRecords(state(), database);
    this.examination = new ExaminationRecords(state());
  }

  @Override
  StreamState read(Bookkeeping books) {
    return new StreamState(
        OuterRecords.theta(state(), parameters),
        books.updates(),
        learner.read(parameters),
        heldOut.read(),
        examination.read(parameters),
        books.standing());
  }

  @Override
  void put(WriteBatch batch, StreamState now, Publication publication) throws RocksDBException {
    Bookkeeping books = new Bookkeeping(now.updates(), 0, 0, now.standing(), publication);
    state().put(batch, BOOKKEEPING, StateCodec.encode(books));
    OuterRecords.put(state(), batch, now.theta());
    learner.put(batch, now.learner());
    heldOut.put(batch, now.heldOut());
    examination.put(batch, now.examination());
  }

  /** Its memory is part of its state. */
  @Override
  void putMemory(WriteBatch batch, StreamOutcome outcome, List<byte[]> records) {}
}
