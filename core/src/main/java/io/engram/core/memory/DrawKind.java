package io.engram.core.memory;

import io.engram.core.kind.Kind;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.kind.Values;

/** A draw for replay with settings, as it is offered to a configuration: {@code learner.replay-draw} finds it by its name. */
public interface DrawKind extends Kind {

  /**
   * The draw with these values. Bears this kind's name.
   *
   * @throws OutOfBounds if a value is not what it should be
   */
  ReplayDraw draw(Values values);

  /** In which section of section {@code learner} its keys stand; "" for {@code learner} itself, where ours have always stood. */
  default String section() {
    return name();
  }
}
