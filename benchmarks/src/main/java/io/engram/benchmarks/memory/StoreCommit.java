package io.engram.benchmarks.memory;

import io.engram.core.continual.ContinualState;
import io.engram.core.lifelong.GroupOutcome;
import io.engram.core.lifelong.HeldOut;
import io.engram.core.lifelong.LifelongState;
import io.engram.core.memory.Admission;
import io.engram.core.memory.Offer;
import io.engram.learner.agent.Publication;
import io.engram.learner.rocksdb.RocksLearnerStore;
import java.util.List;

/** The commit of a group that nobody learned from: what the store and the memory do with it, without an engine. */
public final class StoreCommit {

  private StoreCommit() {}

  /**
   * Offers tasks to the state's memory and commits what comes of it.
   *
   * @param records the tasks, one for each offer; both may be empty
   * @return what became of each offer
   */
  public static List<Admission> of(
      RocksLearnerStore store, LifelongState state, List<Offer> offers, List<byte[]> records) {
    List<Admission> admissions = state.memory().decide(offers);
    state.memory().apply(offers, admissions);
    GroupOutcome outcome =
        new GroupOutcome(
            List.of(),
            List.of(),
            offers,
            admissions,
            state.meta(),
            ContinualState.NONE,
            HeldOut.NONE,
            List.of(),
            null,
            null,
            state.progress(),
            List.of());
    store.commit(outcome, records, state, Publication.NONE);
    return admissions;
  }
}
