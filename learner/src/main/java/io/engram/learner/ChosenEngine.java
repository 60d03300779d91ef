package io.engram.learner;

import io.engram.core.learning.GroupOutcome;
import io.engram.core.learning.LifelongState;
import io.engram.learner.rocksdb.ComputedBy;
import java.util.List;

/**
 * The engine that was taken, with what it compiled.
 *
 * @param by its kind and device
 * @param passedOver engines that would have been taken before it, each with why it was not
 */
record ChosenEngine<S extends LifelongState, O extends GroupOutcome>(
    ComputedBy by, Computation<S, O> computation, List<String> passedOver)
    implements AutoCloseable {

  /** For people: which engine, on what, and why no better one. */
  String inWords() {
    return passedOver.isEmpty()
        ? by.toString()
        : "%s; not with %s".formatted(by, String.join("; nor with ", passedOver));
  }

  @Override
  public void close() {
    computation.close();
  }
}
