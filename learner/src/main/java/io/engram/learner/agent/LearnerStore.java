package io.engram.learner.agent;

import io.engram.core.lifelong.GroupOutcome;
import io.engram.core.lifelong.LifelongState;
import io.engram.core.task.LogPosition;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the learner's state and its episodic memory are durable.
 *
 * <p><b>Threading:</b> the agent's thread only; but {@link #read(int, RecordBuffer)} may be called on another one while the agent's calls
 * nothing else here. <b>Durability:</b> when {@link #commit} returns, the outcome survives the death of
 * the process, whole; if it does not return, nothing of it does. <b>Failure:</b> any I/O failure is thrown and stops the agent.
 */
public interface LearnerStore extends AutoCloseable {

  /** What was committed last, with what was to be published at that point. */
  record Committed(LifelongState state, Publication publication) {}

  /** Whether nothing was committed to it yet. */
  boolean fresh();

  /** The state to go on from, or nothing in a fresh store. */
  Optional<Committed> load();

  /**
   * Makes one group's outcome durable: memory, θ and its company, scores, positions, in one write.
   *
   * @param outcome whose admissions say what happens to the memory
   * @param records the group's tasks as they came, one per arrival
   * @param after the state with the outcome applied
   */
  void commit(
      GroupOutcome outcome, List<byte[]> records, LifelongState after, Publication publication);

  /**
   * Notes the order in which records of several partitions are about to be shown since the last commit; replaces what was noted before.
   * Durable before any later commit is, and gone with the next one.
   */
  void recordOrder(List<LogPosition> shown);

  /** What {@link #recordOrder} noted since the last commit. */
  List<LogPosition> recordedOrder();

  /**
   * Puts a task into a memory slot of a store that is being rebuilt; means nothing until {@link #adopt}.
   *
   * @param record the task as it came
   */
  void remember(int slot, byte[] record);

  /** Empties a memory slot of a store that is being rebuilt. */
  void forget(int slot);

  /** Makes a rebuilt state durable; from here on the store is not fresh any more. */
  void adopt(LifelongState state, Publication publication);

  /** Reads the task in a memory slot, as it came, into a buffer that is used again. */
  void read(int slot, RecordBuffer into);

  /** The task in a memory slot, as it came. */
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
