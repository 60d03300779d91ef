package io.engram.core.memory;

import java.util.List;

/**
 * What a full memory keeps. A policy gives each task a rank, and the groups it may be counted to; the memory evicts the largest rank of the
 * largest group. Ranks are functions of the seed and the task alone, so what is kept does not depend on when a task is offered, or how often.
 * Ours are {@link Retention}; others are found by {@link java.util.ServiceLoader}.
 */
public interface RetentionPolicy {

  /** Its name in the identity of a store: upper case with underscores. In a configuration lower case with hyphens. */
  String name();

  /** Smaller is kept longer; ties go to the earlier position. */
  long rank(Offer task, long seed);

  /** The groups a task may be counted to, one at least; the memory takes the smallest. */
  List<String> groups(Offer task);
}
