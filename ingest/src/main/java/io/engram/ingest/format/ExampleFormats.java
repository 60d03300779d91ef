package io.engram.ingest.format;

import io.engram.ingest.format.tree.Spelling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The example formats on the class path, by name. */
public final class ExampleFormats {

  private static final String SECTION = "ingest.examples";

  private static final String FORMAT = ".format";
  private static final String OPTIONS = ".format-options.";

  private ExampleFormats() {}

  /**
   * The names of all formats, in order.
   *
   * @throws IllegalStateException if one of them cannot be loaded, or two have one name
   */
  public static List<String> names() {
    return List.copyOf(all().keySet());
  }

  /**
   * Opens the decoder of the topic {@code examples}, and of all topics beside it.
   *
   * @throws IllegalArgumentException if there is no such format or key, or a value is not allowed; the message says what there is
   */
  public static ExampleDecoder open(FormatChoice choice) {
    ExampleDecoder own = open(choice, SECTION);
    if (choice.others().isEmpty()) {
      return own;
    }
    Map<String, ExampleDecoder> others = new HashMap<>();
    choice
        .inOrder()
        .forEach((topic, one) -> others.put(topic, open(one, SECTION + ".topics." + topic)));
    return new ByTopic(own, others);
  }

  /**
   * Opens a format's decoder.
   *
   * @param section where it is chosen, for messages
   * @throws IllegalArgumentException if there is no such format or key, or a value is not allowed; the message says what there is
   */
  private static ExampleDecoder open(FormatChoice choice, String section) {
    ExampleFormat format = all().get(choice.name());
    if (format == null) {
      throw new IllegalArgumentException(
          "%s is '%s', allowed is one of %s%s"
              .formatted(
                  section + FORMAT,
                  choice.name(),
                  String.join(", ", names()),
                  Spelling.hint(choice.name(), names())));
    }
    Map<String, String> options = new HashMap<>();
    format.keys().forEach(key -> options.put(key.name(), key.otherwise()));
    choice
        .options()
        .forEach(
            (key, value) -> {
              requireKnown(format, key, section);
              options.put(key, value);
            });
    try {
      return format.open(Map.copyOf(options));
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw new IllegalArgumentException(
          message.startsWith("ingest.") ? message : section + OPTIONS + message, e);
    }
  }

  private static void requireKnown(ExampleFormat format, String key, String section) {
    List<String> known = format.keys().stream().map(FormatKey::name).sorted().toList();
    if (!known.contains(key)) {
      throw new IllegalArgumentException(
          "%s%s is no key of the format '%s', which has %s%s"
              .formatted(
                  section + OPTIONS,
                  key,
                  format.name(),
                  known.isEmpty() ? "none" : String.join(", ", known),
                  Spelling.hint(key, known)));
    }
  }

  private static Map<String, ExampleFormat> all() {
    Map<String, ExampleFormat> byName = new TreeMap<>();
    try {
      for (ExampleFormat format : ServiceLoader.load(ExampleFormat.class)) {
        ExampleFormat other = byName.put(format.name(), format);
        if (other != null) {
          throw new IllegalStateException(
              "two example formats on the class path are called '%s': %s and %s; take one of their jars away"
                  .formatted(
                      format.name(), other.getClass().getName(), format.getClass().getName()));
        }
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalStateException(
          "an example format on the class path cannot be loaded: %s; take its jar away, or add what it needs"
              .formatted(e.getMessage()),
          e);
    }
    return byName;
  }
}
