package io.engram.ingest.format.mapping;

import org.jspecify.annotations.Nullable;

/** What is made of one field's node: numbers. Stateless. */
interface Column {

  /**
   * Adds the numbers of a node.
   *
   * @throws Unfit if it is not what is expected
   */
  void add(String what, Object node, FloatSink sink);

  /** How many numbers it always makes; −1 where that depends on the record. */
  int width();

  /** What a field that may be missing is made into; zeros, or null where nobody can know how many. */
  default float @Nullable [] absent() {
    return width() < 0 ? null : new float[width()];
  }
}
