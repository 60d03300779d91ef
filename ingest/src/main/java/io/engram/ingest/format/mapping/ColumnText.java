package io.engram.ingest.format.mapping;

import io.engram.ingest.format.mapping.TimeColumn.Part;
import io.engram.ingest.format.tree.Spelling;
import io.engram.schemas.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is to be made of a field, as it is written behind its path. */
final class ColumnText {

  static final String NUMBERS = "numbers";
  static final String IMAGE = "image";
  static final String CLASS = "class";
  static final String TIME = "time";
  private static final String ONE_HOT = "one-hot";
  private static final String HASHED = "hashed";
  private static final String OTHERS = "*";
  private static final List<String> KINDS = List.of(NUMBERS, ONE_HOT, HASHED, TIME, IMAGE);
  private static final int MOST = 100_000;

  private ColumnText() {}

  /**
   * The column of a field's words.
   *
   * @throws IllegalArgumentException if there is no such kind, or its arguments are not what it takes
   */
  static Column column(FieldText field) {
    return switch (field.kind()) {
      case "", NUMBERS, "number" ->
          new NumbersColumn(
              field.arguments().isEmpty()
                  ? -1
                  : Tensors.elements(
                      Shapes.parse(only(field, "one shape, as in numbers(1x28x28)"))));
      case ONE_HOT -> oneHot(field);
      case HASHED -> hashed(field);
      case TIME -> time(field);
      default ->
          throw new IllegalArgumentException(
              "'%s' is called '%s', allowed is one of %s%s"
                  .formatted(
                      field.path().text(),
                      field.kind(),
                      String.join(", ", KINDS),
                      Spelling.hint(field.kind(), KINDS)));
    };
  }

  /** The one argument of a field. */
  static String only(FieldText field, String expected) {
    if (field.arguments().size() != 1 || field.arguments().get(0).isEmpty()) {
      throw new IllegalArgumentException(
          "'%s: %s' has %d arguments, expected %s"
              .formatted(field.path().text(), field.kind(), field.arguments().size(), expected));
    }
    return field.arguments().get(0);
  }

  private static Column oneHot(FieldText field) {
    List<String> categories = new ArrayList<>(field.arguments());
    boolean others = categories.remove(OTHERS);
    if (categories.isEmpty()
        || categories.size() > MOST
        || categories.stream().distinct().count() != categories.size()) {
      throw new IllegalArgumentException(
          "'%s: one-hot' has the categories %s, expected different ones, as in one-hot(red, green); * stands for all others"
              .formatted(field.path().text(), categories));
    }
    return new OneHotColumn(categories, others);
  }

  private static Column hashed(FieldText field) {
    String width = only(field, "how many numbers, as in hashed(16)");
    if (!width.matches("\\d{1,6}") || Integer.parseInt(width) < 2) {
      throw new IllegalArgumentException(
          "'%s: hashed(%s)' takes a number from 2 to 999999".formatted(field.path().text(), width));
    }
    return new HashedColumn(Integer.parseInt(width));
  }

  /** In any order: what of it, and the unit of numbers. */
  static TimeColumn time(FieldText field) {
    Part part = Part.DAYS;
    String unit = "ms";
    for (String argument : field.arguments()) {
      if (TimeUnits.SECONDS.containsKey(argument)) {
        unit = argument;
      } else {
        part =
            Arrays.stream(Part.values())
                .filter(one -> word(one).equals(argument))
                .findFirst()
                .orElseThrow(() -> unknownTime(field, argument));
      }
    }
    return new TimeColumn(part, unit);
  }

  private static IllegalArgumentException unknownTime(FieldText field, String argument) {
    List<String> known = new ArrayList<>(TimeUnits.SECONDS.keySet().stream().sorted().toList());
    Arrays.stream(Part.values())
        .map(ColumnText::word)
        .filter(it -> !known.contains(it))
        .forEach(known::add);
    return new IllegalArgumentException(
        "'%s: time(%s)' takes some of %s%s"
            .formatted(
                field.path().text(),
                argument,
                String.join(", ", known),
                Spelling.hint(argument, known)));
  }

  private static String word(Part part) {
    return part.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
