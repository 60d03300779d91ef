package io.engram.learner.agent;

import io.engram.core.learning.TableOutcome;
import io.engram.core.learning.TableState;
import io.engram.core.memory.Admission;
import java.util.List;
import java.util.Map;

/** A simulated store with the memory of a learner of tables. */
final class SimulatedTableStore extends SimulatedStore<TableState, TableOutcome> {

  SimulatedTableStore(Fate fate, SimulatedDisk<TableState> disk, boolean merges) {
    super(fate, disk, merges);
  }

  @Override
  void remember(TableOutcome outcome, List<byte[]> records, Map<Integer, byte[]> memory) {
    for (int i = 0; i < outcome.admissions().size(); i++) {
      if (outcome.admissions().get(i) instanceof Admission.Kept kept) {
        memory.keySet().removeAll(kept.emptied());
        memory.put(kept.slot(), records.get(i));
      }
    }
  }
}
