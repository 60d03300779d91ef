package io.engram.modelregistry.agent;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * The candidates, from where everything before is dealt with.
 *
 * <p><b>Threading:</b> the registry's thread only, but for {@link #wakeUp}. <b>Durability:</b> only committed candidates come, whole or as
 * what is wrong with them, in the order of each partition. <b>Idempotence:</b> it remembers nothing: a reader opened at the same position
 * brings the same again, and a learner may publish the same candidate again. <b>Failure:</b> throws {@link UnavailableException} where
 * trying on is of no use.
 */
public interface Candidates extends AutoCloseable {

  /** Waits up to {@code timeout} for candidates; less if {@link #wakeUp} is called. The learner's topic may come into being later. */
  List<ReceivedCandidate> poll(Duration timeout);

  /** Makes a waiting or the next {@link #poll} return at once. Any thread may call it. */
  void wakeUp();

  /** Records that are known to wait; empty before the first fetch. */
  OptionalLong lag();

  @Override
  void close();
}
