package io.engram.ingest.format.mapping;

import java.util.ArrayList;
import java.util.List;

/**
 * A field as it stands in a mapping: {@code path}, {@code path?}, {@code path: kind} or {@code path: kind(argument, argument)}.
 *
 * @param optional whether it may be missing
 * @param kind what is made of it; empty: not said
 */
record FieldText(FieldPath path, boolean optional, String kind, List<String> arguments) {

  FieldText {
    arguments = List.copyOf(arguments);
  }

  /**
   * The fields of a list with commas between them.
   *
   * @throws IllegalArgumentException if one is none
   */
  static List<FieldText> list(String text) {
    List<String> parts = cut(text, ',');
    return parts.stream().filter(part -> !part.isBlank()).map(FieldText::parse).toList();
  }

  static FieldText parse(String text) {
    List<String> halves = cut(text, ':');
    if (halves.size() > 2) {
      throw new IllegalArgumentException(
          "'%s' has more than one ':', expected a path and a kind, as in colour: one-hot(red, green)"
              .formatted(text.strip()));
    }
    String path = halves.get(0).strip();
    boolean optional = path.endsWith("?");
    String kind = halves.size() == 1 ? "" : halves.get(1).strip();
    int open = kind.indexOf('(');
    if (open >= 0 && !kind.endsWith(")")) {
      throw new IllegalArgumentException(
          "'%s' lacks its closing parenthesis".formatted(text.strip()));
    }
    return new FieldText(
        PathText.parse(optional ? path.substring(0, path.length() - 1) : path),
        optional,
        open < 0 ? kind : kind.substring(0, open).strip(),
        open < 0 ? List.of() : arguments(kind.substring(open + 1, kind.length() - 1)));
  }

  private static List<String> arguments(String text) {
    return cut(text, ',').stream().map(String::strip).map(FieldText::unquoted).toList();
  }

  private static String unquoted(String word) {
    return word.length() >= 2 && word.startsWith("'") && word.endsWith("'")
        ? word.substring(1, word.length() - 1)
        : word;
  }

  /** Cut where a sign stands outside of quotes and parentheses. */
  private static List<String> cut(String text, char sign) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (!quoted && c == '(') {
        depth++;
      } else if (!quoted && c == ')') {
        depth--;
      } else if (!quoted && depth == 0 && c == sign) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }
}
