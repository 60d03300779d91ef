package io.engram.learner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.learning.Arrival;
import io.engram.core.learning.GroupOutcome;
import io.engram.core.learning.LifelongState;
import io.engram.core.task.LogPosition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store over a simulated disk whose commit happens whole, or not at all; checks what must hold of each. */
class SimulatedStore<S extends LifelongState, O extends GroupOutcome>
    implements LearnerStore<S, O> {

  private final Fate fate;
  private final SimulatedDisk<S> disk;
  private final boolean merges;
  private final List<LogPosition> committedOrder = new ArrayList<>();

  /**
   * @param merges whether the log has several partitions, so that their order matters
   */
  SimulatedStore(Fate fate, SimulatedDisk<S> disk, boolean merges) {
    this.fate = fate;
    this.disk = disk;
    this.merges = merges;
  }

  /** Everything shown in groups that were committed, in that order; kept for several partitions only. */
  List<LogPosition> committedOrder() {
    return committedOrder;
  }

  @Override
  public boolean fresh() {
    return disk.committed().isEmpty();
  }

  @Override
  public Optional<Committed<S>> load() {
    fate.mayCrash("before loading");
    return disk.committed();
  }

  @Override
  public void commit(O outcome, List<byte[]> records, S after, Publication publication) {
    fate.mayCrash("before a commit");
    checkOrder(outcome);
    Map<Integer, byte[]> memory = new HashMap<>(disk.memory());
    remember(outcome, records, memory);
    disk.commit(memory, new Committed<>(after, publication));
    fate.mayCrash("after a commit");
  }

  /** Does to the memory what the outcome says; nothing where none is kept apart from the state. */
  void remember(O outcome, List<byte[]> records, Map<Integer, byte[]> memory) {}

  /** What is committed is what was noted first, and nothing noted was passed over. */
  private void checkOrder(O outcome) {
    if (!merges) {
      return;
    }
    List<LogPosition> arrived = outcome.arrivals().stream().map(Arrival::position).toList();
    Map<Integer, Long> next = outcome.progress().nextOffsets();
    List<LogPosition> group =
        disk.order().stream()
            .takeWhile(it -> it.offset() < next.getOrDefault(it.partition(), 0L))
            .toList();
    assertThat(group)
        .as("the group was noted before it was learned from")
        .filteredOn(arrived::contains)
        .isEqualTo(arrived);
    committedOrder.addAll(group);
  }

  @Override
  public void recordOrder(List<LogPosition> shown) {
    fate.mayCrash("before noting an order");
    int common = Math.min(shown.size(), disk.order().size());
    assertThat(shown.subList(0, common))
        .as("an order that was noted does not change until it is committed")
        .isEqualTo(disk.order().subList(0, common));
    if (shown.size() >= disk.order().size()) {
      disk.note(shown);
    }
    fate.mayCrash("after noting an order");
  }

  @Override
  public List<LogPosition> recordedOrder() {
    return disk.order();
  }

  @Override
  public void read(int slot, RecordBuffer into) {
    fate.mayCrash("before reading a task");
    byte[] record = disk.memory().get(slot);
    if (record == null) {
      throw new AssertionError("slot " + slot + " was never written");
    }
    System.arraycopy(record, 0, into.room(record.length), 0, record.length);
    into.filled(record.length);
  }

  @Override
  public void backup(Path target) {
    throw new AssertionError("nobody asks for a backup here");
  }

  @Override
  public void close() {}
}
