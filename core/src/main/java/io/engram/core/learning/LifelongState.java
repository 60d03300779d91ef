package io.engram.core.learning;

import io.engram.core.evaluation.PrequentialScores;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a learner is between two groups. Written to the store as a whole; restored, it goes on as if nothing had happened.
 */
public sealed interface LifelongState permits TaskState, StreamState, TableState {

  /** Where it stands in its stream. */
  Standing standing();

  /** [parameters] θ; live. */
  float[] theta();

  /** Learned α, flat: [steps × tensors] or [parameters]; empty where there are none. Live. */
  float[] stepSizes();

  /** Outer steps taken, or batches learned. */
  long updates();

  /** Tasks, or examples, remembered. */
  int remembered();

  /** What the newest version scored on the whole past. */
  Retained retained();

  default PrequentialScores scores() {
    return standing().scores();
  }

  default List<String> labels() {
    return standing().labels();
  }

  default @Nullable RunningScale inputScale() {
    return standing().inputScale();
  }

  default @Nullable RunningScale targetScale() {
    return standing().targetScale();
  }

  default Progress progress() {
    return standing().progress();
  }
}
