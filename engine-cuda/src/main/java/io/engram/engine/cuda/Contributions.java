package io.engram.engine.cuda;

/** Records how the episodes of a meta-batch become one ∂θ. There are several ways to the same numbers. */
interface Contributions {

  /** From the episodes in {@code from} to the {@link Outcome}. */
  void record(Recording to, EpisodeBuffer from);

  /** Address of how many episodes were healthy, an int. */
  long count();
}
