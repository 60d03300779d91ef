package io.engram.cli.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import io.engram.servicekit.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The keys below one name, read as what they should be. Every failure is an {@link InvalidSettings} of one line: key, origin,
 * value found, value expected.
 */
public final class Section {

  private static final String VALUE = "value";

  private final String name;
  private final Map<String, ConfigValue> values;

  Section(String name, Map<String, ConfigValue> values) {
    this.name = name;
    this.values = values;
  }

  /** A section within this one. */
  public Section section(String inner) {
    return new Section(full(inner), values);
  }

  /** A whole number. */
  public int integer(String key) {
    return read(key, "a whole number", config -> config.getInt(VALUE));
  }

  /** A whole number of 64 bits. */
  public long wide(String key) {
    return read(key, "a whole number", config -> config.getLong(VALUE));
  }

  /** A whole number of at least 0, or nothing where {@code word} stands instead of it. */
  public OptionalLong wideOr(String key, String word) {
    if (text(key).equals(word)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        read(key, "a whole number or '" + word + "'", config -> config.getLong(VALUE)));
  }

  /** Copies of a partition: a whole number of 16 bits. */
  public short replication() {
    int copies = integer("replication");
    if (copies != (short) copies) {
      throw invalid("replication", "-1 or a number of brokers");
    }
    return (short) copies;
  }

  /** A number. */
  public double decimal(String key) {
    return read(key, "a number", config -> config.getDouble(VALUE));
  }

  /** true or false. */
  public boolean flag(String key) {
    return read(key, "true or false", config -> config.getBoolean(VALUE));
  }

  /** Any text. */
  public String text(String key) {
    return read(key, "text", config -> config.getString(VALUE));
  }

  /** A path; may not be empty. */
  public Path path(String key) {
    String text = text(key);
    if (text.isBlank()) {
      throw invalid(key, "a path");
    }
    return Path.of(text);
  }

  /** A duration such as {@code 250ms}, {@code 5s}, {@code 2m}. */
  public Duration duration(String key) {
    return read(key, "a duration such as 250ms, 5s or 2m", config -> config.getDuration(VALUE));
  }

  /** A number of bytes such as {@code 64MiB}. */
  public long bytes(String key) {
    return read(key, "a size such as 512KiB or 64MiB", config -> config.getBytes(VALUE));
  }

  /** A number of bytes below 2 GiB. */
  public int size(String key) {
    long bytes = bytes(key);
    if (bytes != (int) bytes) {
      throw invalid(key, "a size below 2 GiB");
    }
    return (int) bytes;
  }

  /** Words; a text is cut at its commas. */
  public List<String> words(String key) {
    if (value(key).unwrapped() instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return Arrays.stream(text(key).split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** One of an enum's constants, written in lower case with hyphens. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    return choice(
        key,
        Arrays.stream(type.getEnumConstants()).collect(Collectors.toMap(Section::word, it -> it)));
  }

  /** One of several words. */
  public <T> T choice(String key, Map<String, T> choices) {
    String found = text(key).toLowerCase(Locale.ROOT).replace('_', '-');
    T choice = choices.get(found);
    if (choice == null) {
      throw invalid(
          key, "one of " + String.join(", ", choices.keySet().stream().sorted().toList()));
    }
    return choice;
  }

  /** One of several kinds, by name; of another name the nearest is suggested. */
  public <T> T kind(String key, Map<String, T> kinds) {
    String found = text(key).toLowerCase(Locale.ROOT).replace('_', '-');
    T kind = kinds.get(found);
    if (kind == null) {
      List<String> names = kinds.keySet().stream().sorted().toList();
      throw invalid(
          key,
          "one of %s; did you mean '%s'?"
              .formatted(String.join(", ", names), Nearest.to(found, names)));
    }
    return kind;
  }

  /**
   * One of several names, which may not be all there could be.
   *
   * @param elsewhere of a name that is not among them, how it would be: or nothing, and the nearest is suggested
   */
  public String name(
      String key, Collection<String> names, Function<String, Optional<String>> elsewhere) {
    String found = text(key);
    if (!names.contains(found)) {
      String remedy =
          elsewhere
              .apply(found)
              .orElseGet(() -> "did you mean '%s'?".formatted(Nearest.to(found, names)));
      throw invalid(key, "one of %s; %s".formatted(String.join(", ", names), remedy));
    }
    return found;
  }

  /** The value of {@code key} as {@code parser} reads it; its complaint becomes the user's. */
  public <T> T parsed(String key, Function<String, T> parser) {
    String text = text(key);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettings(describe(key) + ": " + e.getMessage());
    }
  }

  /**
   * Builds a validated record from this section. If its constructor refuses, the message is completed with the key's origin,
   * where the message begins with a key of this section.
   */
  public <T> T build(Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw new InvalidSettings(complete(message).orElse(name + ": " + message));
    }
  }

  /** As {@link #build(Supplier)}; what is about no key of this section may be about one of {@code outer}. */
  public <T> T build(Supplier<T> constructor, Section outer) {
    return outer.build(
        () -> {
          try {
            return constructor.get();
          } catch (IllegalArgumentException e) {
            Optional<String> own = complete(String.valueOf(e.getMessage()));
            if (own.isPresent()) {
              throw new InvalidSettings(own.get());
            }
            throw e;
          }
        });
  }

  private Optional<String> complete(String message) {
    return keys().stream()
        .filter(key -> mentions(message, key))
        .max((a, b) -> Integer.compare(a.length(), b.length()))
        .map(key -> "%s: %s".formatted(describe(key), message));
  }

  /** An error about {@code key}: its value is not what is expected. */
  public InvalidSettings invalid(String key, String expected) {
    return new InvalidSettings(
        "%s: found '%s', expected %s"
            .formatted(
                describe(key),
                Secret.shown(full(key), String.valueOf(value(key).unwrapped())),
                expected));
  }

  static String origin(ConfigValue value) {
    ConfigOrigin origin = value.origin();
    String filename = origin.filename();
    if (filename != null) {
      return filename + ":" + origin.lineNumber();
    }
    // A line of the files that travel with the program tells a user nothing.
    return origin.description().replaceFirst("^(default|preset \\w+): \\d+$", "$1");
  }

  private <T> T read(String key, String expected, Function<Config, T> getter) {
    try {
      return getter.apply(value(key).atKey(VALUE));
    } catch (ConfigException.WrongType | ConfigException.BadValue e) {
      throw invalid(key, expected);
    }
  }

  private ConfigValue value(String key) {
    ConfigValue value = values.get(full(key));
    if (value == null) {
      throw new IllegalStateException("reference.conf lacks " + full(key));
    }
    return value;
  }

  private String describe(String key) {
    return "%s (%s)".formatted(full(key), origin(value(key)));
  }

  private String full(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }

  private List<String> keys() {
    String prefix = name + ".";
    return values.keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()))
        .toList();
  }

  /** Records know their components as words, in camel case or by the full key. */
  private boolean mentions(String message, String key) {
    String start = message.toLowerCase(Locale.ROOT).replace(' ', '-');
    return start.startsWith(key)
        || start.startsWith(full(key))
        || start.startsWith(key.replace("-", ""));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
