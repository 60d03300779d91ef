package io.engram.ingest.format.mapping;

import io.engram.ingest.format.mapping.FieldPath.Step;
import io.engram.ingest.format.tree.Spelling;
import java.util.ArrayList;
import java.util.List;

/** Reads a path as it is written. */
final class PathText {

  private final String text;
  private int at;

  private PathText(String text) {
    this.text = text;
  }

  /**
   * The path.
   *
   * @throws IllegalArgumentException if it is none; the message says at which character
   */
  static FieldPath parse(String text) {
    return new PathText(text.strip()).path();
  }

  private FieldPath path() {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a path is empty, expected one such as a.b[0].c");
    }
    Root root = Root.VALUE;
    List<Step> steps = new ArrayList<>();
    if (text.charAt(0) == '$') {
      String word = plainName();
      root =
          Root.of(word)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "'%s' begins with %s, allowed is one of %s%s"
                              .formatted(
                                  text,
                                  word,
                                  String.join(", ", Root.words()),
                                  Spelling.hint(word, Root.words()))));
    } else {
      steps.add(field());
    }
    while (at < text.length()) {
      steps.add(step());
    }
    return new FieldPath(root, steps, text);
  }

  private Step step() {
    char sign = text.charAt(at++);
    if (sign == '.') {
      return field();
    }
    if (sign == '[') {
      int end = text.indexOf(']', at);
      String index = end < 0 ? "" : text.substring(at, end).strip();
      if (!index.matches("\\d{1,8}")) {
        throw wrong("an index such as [0]");
      }
      at = end + 1;
      return new Step.Element(Integer.parseInt(index));
    }
    at--;
    throw wrong("'.' or '['");
  }

  private Step field() {
    if (at < text.length() && text.charAt(at) == '\'') {
      int end = text.indexOf('\'', at + 1);
      if (end < 0) {
        throw wrong("a closing quote");
      }
      String name = text.substring(at + 1, end);
      at = end + 1;
      return new Step.Field(name);
    }
    String name = plainName();
    if (name.isEmpty()) {
      throw wrong("the name of a field (in single quotes if it is an odd one)");
    }
    return new Step.Field(name);
  }

  private String plainName() {
    int from = at;
    while (at < text.length() && ".[]'(),:?".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(from, at).strip();
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException(
        "'%s' is no path: at character %d expected %s, as in a.b[0].c"
            .formatted(text, at + 1, expected));
  }
}
