package io.engram.core.meta;

import io.engram.core.task.Episode;
import java.util.List;

/**
 * The outer loop of {@link MetaTrainer} with θ and the optimiser's memory where the engine computes.
 *
 * <p><b>Threading:</b> one caller at a time. Closing gives its memory back; the program that made it must be closed later.
 */
public interface ResidentTrainer extends AutoCloseable {

  /**
   * Hands over the episodes of one more outer step; they may be changed afterwards. While they are on their way the step before is taken; the
   * last one is begun by {@link #await} or {@link #store}.
   *
   * @throws IllegalArgumentException if the episodes are of another shape than those the trainer was made for
   */
  void step(List<Episode> episodes);

  /** One more step on the episodes handed over last, which are where they are needed. */
  void repeat();

  /** Waits until every step is taken. */
  MetaStep await();

  /** Waits, and makes {@code into} the state reached; it must be of the start's shape. */
  void store(MetaState into);

  @Override
  void close();
}
