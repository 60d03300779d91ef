package io.engram.cli.columns;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of features, as it was planned.
 *
 * @param name in the header
 * @param meaning what it was taken for
 * @param gaps what becomes of missing cells
 * @param means of its numbers over the rows looked at; one for each, but none where missing cells get zeros
 */
public record PlannedColumn(String name, Meaning meaning, Gaps gaps, List<Float> means) {

  public PlannedColumn {
    means = List.copyOf(means);
  }

  /** Whether one more number says that a cell is missing. */
  @JsonIgnore
  public boolean marked() {
    return gaps == Gaps.MARKED;
  }

  /** How many numbers a cell becomes, the mark included. */
  @JsonIgnore
  public int width() {
    return meaning.width() + (marked() ? 1 : 0);
  }

  /** Whether it is a feature. */
  @JsonIgnore
  public boolean feature() {
    return !(meaning instanceof LeftOut);
  }

  /** Names of its numbers. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    meaning.suffixes().forEach(suffix -> names.add(name + suffix));
    if (marked()) {
      names.add(name + ".missing");
    }
    return names;
  }

  /** What it was taken for, in words, short. */
  public String words() {
    return "column %s: %s%s".formatted(name, meaning.words(), gaps.words());
  }
}
