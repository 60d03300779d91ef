package io.engram.core.kind;

import java.util.List;

/** A kind whose name and keys are known when it is written. */
public abstract class FixedKind implements Kind {

  private final String name;
  private final List<Key> keys;

  /** A kind of this name with these keys. */
  protected FixedKind(String name, Key... keys) {
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
