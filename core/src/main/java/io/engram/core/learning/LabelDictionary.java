package io.engram.core.learning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The global label space: class names in order of first appearance, never more than the network has outputs. */
public final class LabelDictionary {

  private final int capacity;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> indices = new HashMap<>();

  /**
   * @param capacity outputs of the network
   * @param known names so far
   */
  public LabelDictionary(int capacity, List<String> known) {
    this.capacity = capacity;
    known.forEach(this::add);
  }

  List<String> names() {
    return List.copyOf(names);
  }

  /** Names so far. */
  public int size() {
    return names.size();
  }

  /** Whether all of these have or could get an output. */
  boolean fits(List<String> classes) {
    long fresh = classes.stream().filter(name -> !indices.containsKey(name)).distinct().count();
    return names.size() + fresh <= capacity;
  }

  /** The output of each class, giving new ones the next free output. */
  int[] indices(List<String> classes) {
    int[] result = new int[classes.size()];
    for (int i = 0; i < result.length; i++) {
      Integer known = indices.get(classes.get(i));
      result[i] = known != null ? known : add(classes.get(i));
    }
    return result;
  }

  private int add(String name) {
    int index = names.size();
    if (index == capacity) {
      throw new IllegalStateException(
          "class '%s' has no output left: all %d are taken".formatted(name, capacity));
    }
    names.add(name);
    indices.put(name, index);
    return index;
  }
}
