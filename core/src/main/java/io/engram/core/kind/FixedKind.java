package io.engram.core.continual;

import io.engram.core.kind.Key;
import java.util.List;

/** A kind whose name and keys are known when it is written. */
abstract class FixedKind implements ContinualKind {

  private final String name;
  private final List<Key> keys;

  FixedKind(String name, Key... keys) {
    this.name = name;
    this.keys = List.of(keys);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final List<Key> keys() {
    return keys;
  }
}
