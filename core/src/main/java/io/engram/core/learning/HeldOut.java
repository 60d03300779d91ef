package io.engram.core.learning;

import io.engram.core.continual.StreamExample;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The examples that were held out of learning and are kept, as they came: not scaled. A snapshot.
 *
 * @param examples by tag
 */
public record HeldOut(SortedMap<Long, StreamExample> examples) {

  /** Before the first, or where none is held out. */
  public static final HeldOut NONE = new HeldOut(Collections.emptySortedMap());

  public HeldOut {
    examples = Collections.unmodifiableSortedMap(new TreeMap<>(examples));
  }

  /** Those that {@code other} has not. */
  public SortedMap<Long, StreamExample> without(HeldOut other) {
    SortedMap<Long, StreamExample> rest = new TreeMap<>(examples);
    rest.keySet().removeAll(other.examples.keySet());
    return rest;
  }
}
