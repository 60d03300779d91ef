package io.engram.ingest.format.mapping;

import io.engram.schemas.Tensors;
import java.util.ArrayList;
import java.util.List;

/** Shapes as they are written: {@code 784} or {@code 1x28x28}. */
final class Shapes {

  private static final int MOST = 4_000_000;

  private Shapes() {}

  /**
   * The sizes.
   *
   * @throws IllegalArgumentException if they are none, or too large
   */
  static List<Integer> parse(String text) {
    List<Integer> sizes = new ArrayList<>();
    for (String size : text.split("x", -1)) {
      if (!size.strip().matches("[1-9]\\d{0,7}")) {
        throw new IllegalArgumentException(
            "'%s' is no shape, expected sizes from 1 such as 784 or 1x28x28".formatted(text));
      }
      sizes.add(Integer.valueOf(size.strip()));
    }
    int elements = Tensors.elements(sizes);
    if (elements < 0 || elements > MOST) {
      throw new IllegalArgumentException(
          "the shape '%s' has more than %d numbers".formatted(text, MOST));
    }
    return List.copyOf(sizes);
  }
}
