package io.engram.core.memory;

import io.engram.core.kind.FixedKind;
import io.engram.core.kind.Key;

/** A draw of ours: its keys stand in section {@code learner} itself, where they have always stood. */
abstract class PlainDrawKind extends FixedKind implements DrawKind {

  PlainDrawKind(String name, Key... keys) {
    super(name, keys);
  }

  @Override
  public final String section() {
    return "";
  }
}
