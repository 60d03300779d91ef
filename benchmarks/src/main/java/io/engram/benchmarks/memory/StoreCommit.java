package io.engram.benchmarks.memory;

import io.engram.core.learning.ClosedGroup;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskState;
import io.engram.core.memory.Admission;
import io.engram.core.memory.Offer;
import io.engram.learner.agent.Publication;
import io.engram.learner.rocksdb.RocksTaskStore;
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
      RocksTaskStore store, TaskState state, List<Offer> offers, List<byte[]> records) {
    List<Admission> admissions = state.memory().decide(offers);
    state.memory().apply(offers, admissions);
    ClosedGroup nobodys =
        new ClosedGroup(List.of(), List.of(), List.of(), null, null, state.progress());
    TaskOutcome outcome = new TaskOutcome(nobodys, offers, admissions, state.meta(), List.of());
    store.commit(outcome, records, state, Publication.NONE);
    return admissions;
  }
}
