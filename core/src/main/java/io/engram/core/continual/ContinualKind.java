package io.engram.core.continual;

import io.engram.core.kind.Kind;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.kind.Values;

/**
 * A continual learner as it is offered to a configuration: {@code learner.algorithm} finds it by its name, and its keys stand in a section of
 * that name.
 */
public interface ContinualKind extends Kind {

  /**
   * The learner with these values. Its settings bear this kind's name.
   *
   * @throws OutOfBounds if a value is not what it should be
   */
  DurableSettings settings(Values values);

  /** Whether it means to hold on to what the stream brought, rather than follow the present session. */
  default boolean lasting() {
    return true;
  }

  /** The learner where nobody says otherwise. */
  default DurableSettings defaults() {
    return settings(fallbacks());
  }
}
