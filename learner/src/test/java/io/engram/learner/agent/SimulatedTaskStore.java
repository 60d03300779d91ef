package io.engram.learner.agent;

import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskState;
import io.engram.core.memory.Admission;
import java.util.List;
import java.util.Map;

/** A simulated store with the memory of a learner of tasks. */
final class SimulatedTaskStore extends SimulatedStore<TaskState, TaskOutcome> implements TaskStore {

  private final Fate fate;
  private final SimulatedDisk<TaskState> disk;
  private int emptiedSlots;

  /**
   * @param merges whether the log has several partitions, so that their order matters
   */
  SimulatedTaskStore(Fate fate, SimulatedDisk<TaskState> disk, boolean merges) {
    super(fate, disk, merges);
    this.fate = fate;
    this.disk = disk;
  }

  /** Slots that were left empty by commits. */
  int emptiedSlots() {
    return emptiedSlots;
  }

  @Override
  void remember(TaskOutcome outcome, List<byte[]> records, Map<Integer, byte[]> memory) {
    for (int i = 0; i < outcome.admissions().size(); i++) {
      if (outcome.admissions().get(i) instanceof Admission.Kept kept) {
        memory.keySet().removeAll(kept.emptied());
        emptiedSlots += kept.emptied().size();
        memory.put(kept.slot(), records.get(i));
      }
    }
  }

  @Override
  public void remember(int slot, byte[] record) {
    fate.mayCrash("before remembering a task");
    disk.memory().put(slot, record);
  }

  @Override
  public void forget(int slot) {
    fate.mayCrash("before forgetting a task");
    disk.memory().remove(slot);
  }

  @Override
  public void adopt(TaskState state, Publication publication) {
    fate.mayCrash("before adopting");
    disk.adopt(disk.memory(), new Committed<>(state, publication));
    fate.mayCrash("after adopting");
  }
}
