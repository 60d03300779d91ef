package io.engram.learner.agent;

import io.engram.core.learning.GroupOutcome;
import io.engram.core.learning.LifelongState;
import io.engram.core.task.LogPosition;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a learner's state and its memory are durable.
 *
 * <p><b>Threading:</b> the agent's thread only; but {@link #read(int, RecordBuffer)} may be called on another one while the agent's calls
 * nothing else here. <b>Durability:</b> when {@link #commit} returns, the outcome survives the death of
 * the process, whole; if it does not return, nothing of it does. <b>Failure:</b> any I/O failure is thrown and stops the agent.
 *
 * @param <S> what the learner is between two groups
 * @param <O> what it makes of a group
 */
public interface LearnerStore<S extends LifelongState, O extends GroupOutcome>
    extends AutoCloseable {

  /** What was committed last, with what was to be published at that point. */
  record Committed<S extends LifelongState>(S state, Publication publication) {}

  /** Whether nothing was committed to it yet. */
  boolean fresh();

  /** The state to go on from, or nothing in a fresh store. */
  Optional<Committed<S>> load();

  /**
   * Makes one group's outcome durable: memory, θ and its company, scores, positions, in one write.
   *
   * @param outcome says what happens to the memory
   * @param records the group's tasks as they came, one per arrival
   * @param after the state with the outcome applied
   */
  void commit(O outcome, List<byte[]> records, S after, Publication publication);

  /**
   * Notes the order in which records of several partitions are about to be shown since the last commit; replaces what was noted before.
   * Durable before any later commit is, and gone with the next one.
   */
  void recordOrder(List<LogPosition> shown);

  /** What {@link #recordOrder} noted since the last commit. */
  List<LogPosition> recordedOrder();

  /** Reads what lies in a place of the memory, a task as it came or an example, into a buffer that is used again. */
  void read(int slot, RecordBuffer into);

  /** The same, in an array of its own. */
  default byte[] read(int slot) {
    RecordBuffer record = new RecordBuffer();
    read(slot, record);
    return record.copy();
  }

  /**
   * Copies the store as of now to a directory of its own, from which a learner can go on.
   *
   * @throws RuntimeException if the directory is not empty or cannot be written; the store itself goes on
   */
  void backup(Path target);

  @Override
  void close();
}
