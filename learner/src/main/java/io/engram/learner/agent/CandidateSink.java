package io.engram.learner.agent;

import io.engram.core.task.LogPosition;
import java.util.function.Predicate;

/**
 * Where candidates are published.
 *
 * <p><b>Threading:</b> the agent's thread only. <b>Durability:</b> when {@link #publish} returns, readers of committed data see the whole
 * candidate. <b>Idempotence:</b> publishing the same candidate again is harmless; the registry takes an id once. <b>Failure:</b> throws
 * {@link FencedException} if another learner has taken over, anything else if publishing failed for good.
 */
public interface CandidateSink extends AutoCloseable {

  /** Publishes a candidate, all or nothing. */
  void publish(Candidate candidate);

  /**
   * Told whenever the learner waits for more.
   *
   * @param seen whether what stands at a position was shown to the learner
   */
  default void waiting(Predicate<LogPosition> seen) {}

  @Override
  void close();

  /** Another learner publishes for the same model; this one must stop. */
  final class FencedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FencedException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
