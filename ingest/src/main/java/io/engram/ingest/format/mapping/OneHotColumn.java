package io.engram.ingest.format.mapping;

import io.engram.ingest.format.tree.Spelling;
import java.util.List;

/**
 * One of several categories: a number for each, of which one is 1.
 *
 * @param others whether a last number stands for whatever else there is
 */
record OneHotColumn(List<String> categories, boolean others) implements Column {

  OneHotColumn {
    categories = List.copyOf(categories);
  }

  @Override
  public int width() {
    return categories.size() + (others ? 1 : 0);
  }

  @Override
  public void add(String what, Object node, FloatSink sink) {
    String found = Texts.of(what, node);
    int index = categories.indexOf(found);
    if (index < 0 && !others) {
      throw new Unfit(
          "%s is '%s', expected one of %s%s"
              .formatted(
                  what,
                  found.length() <= 60 ? found : found.substring(0, 60) + "…",
                  String.join(", ", categories),
                  Spelling.hint(found, categories)));
    }
    int one = index < 0 ? categories.size() : index;
    for (int i = 0; i < width(); i++) {
      sink.add(i == one ? 1 : 0);
    }
  }
}
