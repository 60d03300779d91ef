package io.engram.cli.columns;

import java.util.List;

/**
 * No feature.
 *
 * @param because in words
 */
public record LeftOut(String because) implements Meaning {

  @Override
  public List<String> suffixes() {
    return List.of();
  }

  @Override
  public String words() {
    return "left out, " + because;
  }

  @Override
  public void encode(String cell, float[] row, int at) {
    // Nothing of it is taken.
  }

  @Override
  public boolean missing(String cell, Marks marks) {
    return false;
  }
}
