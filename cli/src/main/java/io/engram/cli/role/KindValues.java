package io.engram.cli.role;

import io.engram.cli.config.InvalidSettings;
import io.engram.cli.config.Section;
import io.engram.core.kind.Kind;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.kind.Values;
import java.util.List;
import java.util.function.Function;

/** The values of a kind's keys as a section of the configuration has them. */
record KindValues(Kind kind, Section section) implements Values {

  @Override
  public Object value(String key) {
    Object fallback = kind.key(key).fallback();
    if (fallback instanceof Integer) {
      return section.integer(key);
    }
    if (fallback instanceof Long) {
      return section.wide(key);
    }
    if (fallback instanceof Boolean) {
      return section.flag(key);
    }
    if (fallback instanceof List<?>) {
      return section.words(key);
    }
    return fallback instanceof Double ? (Object) section.decimal(key) : section.text(key);
  }

  /**
   * What is made of them.
   *
   * @throws InvalidSettings if a value is out of bounds; says which, and where it was set
   */
  <T> T read(Function<Values, T> reader) {
    try {
      return reader.apply(this);
    } catch (OutOfBounds e) {
      throw section.invalid(e.setting(), e.expected());
    }
  }
}
