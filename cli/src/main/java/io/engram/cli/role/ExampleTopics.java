package io.engram.cli.role;

import io.engram.cli.config.InvalidSettings;
import io.engram.cli.config.Settings;
import io.engram.ingest.format.FormatChoice;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Section {@code ingest.examples.topics}: further topics of examples, each with its format. */
public final class ExampleTopics {

  private static final String SECTION = "ingest.examples.topics";
  private static final String FORMAT = ".format";
  private static final String OPTIONS = ".format-options.";

  private ExampleTopics() {}

  /**
   * Keys can be forgotten where they are the records' own keys and stand in Engram's own topics alone.
   *
   * @throws InvalidSettings if they do not
   */
  public static void requireForgettable(Settings settings) {
    String key = settings.below("ingest.examples.format-options").getOrDefault("key", "");
    if (!key.isBlank() && !key.equals("$key")) {
      throw new InvalidSettings(
          "ingest.examples.format-options.key is '%s': forgetting looks for the key of records, and these have theirs elsewhere; it is not offered with such a key"
              .formatted(key));
    }
    if (!read(settings).isEmpty()) {
      throw new InvalidSettings(
          "%s names topics that belong to others, where keys cannot be forgotten: remove the key there, and take them out of the configuration for this command only if no example of the key came from them"
              .formatted(SECTION));
    }
  }

  /** The format of each topic. A topic's name may have dots itself. */
  public static Map<String, FormatChoice> read(Settings settings) {
    Map<String, String> formats = new TreeMap<>();
    Map<String, Map<String, String>> options = new TreeMap<>();
    settings
        .below(SECTION)
        .forEach(
            (key, value) -> {
              int option = key.indexOf(OPTIONS);
              if (option > 0) {
                options
                    .computeIfAbsent(key.substring(0, option), topic -> new HashMap<>())
                    .put(key.substring(option + OPTIONS.length()), value);
              } else if (key.endsWith(FORMAT) && key.length() > FORMAT.length()) {
                formats.put(key.substring(0, key.length() - FORMAT.length()), value);
              } else {
                throw new InvalidSettings(
                    "%s.%s is no key: a topic beside 'examples' has TOPIC.format and TOPIC.format-options.KEY"
                        .formatted(SECTION, key));
              }
            });
    Map<String, FormatChoice> choices = new TreeMap<>();
    options.keySet().forEach(topic -> formats.putIfAbsent(topic, "auto"));
    formats.forEach(
        (topic, format) ->
            choices.put(topic, new FormatChoice(format, options.getOrDefault(topic, Map.of()))));
    return choices;
  }
}
