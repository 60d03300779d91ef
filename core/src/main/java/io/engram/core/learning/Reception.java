package io.engram.core.learning;

/** What became of a record of the {@code tasks} log when the learner was shown it. */
public sealed interface Reception {

  /** It waits in the current group. */
  record Waiting() implements Reception {}

  /** It completed a group: time to {@link LifelongLearner#decide()}. */
  record GroupComplete() implements Reception {}

  /** It was shown before; nothing happens. */
  record Duplicate() implements Reception {}

  /** It cannot be learned from; the position still moves past it. */
  record Refused(String reason) implements Reception {}
}
