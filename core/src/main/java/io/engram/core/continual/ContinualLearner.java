package io.engram.core.continual;

import io.engram.core.compute.stream.StreamBatch;
import java.util.List;

/**
 * Learns from a stream in a single pass, without being told where one task ends and the next begins. Used prequentially: predict what
 * arrived, score it, only then learn it.
 *
 * <p>Owned by one thread. A function of its settings, its seed and the stream, bit for bit.
 */
public interface ContinualLearner {

  /** Examples it wants to be shown at a time. */
  int arriving();

  /**
   * Predicts with what was learned so far; changes nothing.
   *
   * @param logits [size × outputs] where logits are written; may be longer
   */
  void predict(StreamBatch inputs, float[] logits);

  /** Learns from the examples that just arrived, oldest first. None is shown again. */
  void learn(List<StreamExample> arrived);
}
