package io.engram.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A JSON object, asked for what should be in it. */
final class Fields {

  private final String what;
  private final Map<?, ?> values;

  /**
   * @param what names it in messages
   */
  Fields(String what, Map<?, ?> values) {
    this.what = what;
    this.values = values;
  }

  String text(String name) {
    return as(name, String.class, "a text");
  }

  @Nullable String textOrNull(String name) {
    return values.get(name) == null ? null : text(name);
  }

  long whole(String name) {
    return as(name, Number.class, "a whole number").longValue();
  }

  Fields object(String name) {
    return new Fields(what + "'s " + name, as(name, Map.class, "an object"));
  }

  List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    for (Object element : as(name, List.class, "a list")) {
      objects.add(new Fields(what + "'s " + name, is(element, name, Map.class, "objects")));
    }
    return objects;
  }

  List<String> texts(String name) {
    return list(name, it -> is(it, name, String.class, "texts"));
  }

  List<Integer> wholes(String name) {
    return list(name, it -> is(it, name, Number.class, "whole numbers").intValue());
  }

  <E extends Enum<E>> E word(String name, Class<E> type) {
    String found = text(name);
    return Arrays.stream(type.getEnumConstants())
        .filter(it -> it.name().equals(found))
        .findFirst()
        .orElseThrow(
            () -> wrong(name, found, "one of " + Arrays.toString(type.getEnumConstants())));
  }

  /** All of it as texts. */
  Map<String, String> texts() {
    return map(name -> text(name));
  }

  /** All of it as numbers. */
  Map<String, Double> numbers() {
    return map(name -> as(name, Number.class, "a number").doubleValue());
  }

  private <T> Map<String, T> map(Function<String, T> value) {
    Map<String, T> map = new LinkedHashMap<>();
    for (Object name : values.keySet()) {
      map.put(String.valueOf(name), value.apply(String.valueOf(name)));
    }
    return map;
  }

  private <T> List<T> list(String name, Function<@Nullable Object, T> element) {
    List<T> list = new ArrayList<>();
    for (Object it : as(name, List.class, "a list")) {
      list.add(element.apply(it));
    }
    return list;
  }

  private <T> T as(String name, Class<T> type, String expected) {
    return is(values.get(name), name, type, expected);
  }

  private <T> T is(@Nullable Object found, String name, Class<T> type, String expected) {
    if (!type.isInstance(found)) {
      throw wrong(name, found, expected);
    }
    return type.cast(found);
  }

  private IllegalArgumentException wrong(String name, @Nullable Object found, String expected) {
    return new IllegalArgumentException(
        "%s has '%s' = %s, expected %s; ask a registry of this program's version"
            .formatted(what, name, found == null ? "nothing" : found, expected));
  }
}
