package io.engram.cli.columns;

import java.util.List;

/**
 * One of a few texts: a number for each, 1 for the cell's own. A text that is none of them has zeros.
 *
 * @param values sorted
 */
public record Categories(List<String> values) implements Meaning {

  /** More are hashed. */
  static final int MOST = 20;

  public Categories {
    values = List.copyOf(values);
  }

  @Override
  public List<String> suffixes() {
    return values.stream().map(value -> "=" + value).toList();
  }

  @Override
  public String words() {
    return "text, one-hot of %d value%s".formatted(values.size(), values.size() == 1 ? "" : "s");
  }

  @Override
  public void encode(String cell, float[] row, int at) {
    int place = values.indexOf(cell);
    if (place >= 0) {
      row[at + place] = 1;
    }
  }

  @Override
  public boolean missing(String cell, Marks marks) {
    return marks.missing(cell);
  }

  @Override
  public boolean averaged() {
    return false;
  }
}
