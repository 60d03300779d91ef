package io.engram.learner.agent;

import io.engram.core.lifelong.GroupOutcome;
import io.engram.core.lifelong.LifelongState;
import java.util.List;
import java.util.Optional;

/**
 * Where the learner's state and its episodic memory are durable.
 *
 * <p><b>Threading:</b> the agent's thread only. <b>Durability:</b> when {@link #commit} returns, the outcome survives the death of
 * the process, whole; if it does not return, nothing of it does. <b>Failure:</b> any I/O failure is thrown and stops the agent.
 */
public interface LearnerStore extends AutoCloseable {

  /** What was committed last, with what was to be published at that point. */
  record Committed(LifelongState state, Publication publication) {}

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

  /** The task in a memory slot, as it came. */
  byte[] read(int slot);

  @Override
  void close();
}
