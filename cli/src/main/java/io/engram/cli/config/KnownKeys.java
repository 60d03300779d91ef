package io.engram.cli.config;

import com.typesafe.config.Config;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The keys of the reference file, and which of them somebody meant who wrote another. */
final class KnownKeys {

  static final String VARIABLE_PREFIX = "ENGRAM_";

  /** Under it any key goes: they are properties of Kafka's clients. */
  static final String KAFKA = "kafka";

  /** Under it any key goes, too: the example format says which it knows. */
  static final String FORMAT_OPTIONS = "ingest.examples.format-options";

  /** Under it any key goes, too: names of topics, and what is set about each. */
  static final String EXAMPLE_TOPICS = "ingest.examples.topics";

  private final SortedSet<String> keys;
  private final Map<String, String> keyOfVariable;

  KnownKeys(Config reference) {
    keys = new TreeSet<>(Flat.of(reference).keySet());
    keyOfVariable = keys.stream().collect(Collectors.toMap(KnownKeys::variable, key -> key));
  }

  boolean contains(String key) {
    return keys.contains(key)
        || key.startsWith(KAFKA + ".")
        || key.startsWith(FORMAT_OPTIONS + ".")
        || key.startsWith(EXAMPLE_TOPICS + ".");
  }

  /** All keys, in order. */
  SortedSet<String> all() {
    return keys;
  }

  /** The key an environment variable stands for, e.g. {@code ENGRAM_LEARNER_META_STEP}. */
  Optional<String> keyOf(String variable) {
    String kafkaVariables = VARIABLE_PREFIX + "KAFKA_";
    if (variable.startsWith(kafkaVariables) && variable.length() > kafkaVariables.length()) {
      String property = variable.substring(kafkaVariables.length());
      return Optional.of(KAFKA + "." + property.toLowerCase(Locale.ROOT).replace('_', '.'));
    }
    return Optional.ofNullable(keyOfVariable.get(variable));
  }

  static String variable(String key) {
    return VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The known key that comes nearest to {@code unknown}. */
  String nearest(String unknown) {
    return keys.stream().min(Comparator.comparingInt(key -> distance(unknown, key))).orElseThrow();
  }

  /** The known environment variable that comes nearest to {@code unknown}. */
  String nearestVariable(String unknown) {
    return Nearest.to(unknown, keyOfVariable.keySet());
  }

  /** Edits between two keys; where only the section is missing or wrong, the last word decides. */
  private static int distance(String unknown, String key) {
    int sectionMissing = Nearest.edits(lastWord(unknown), lastWord(key)) + 3;
    return Math.min(Nearest.edits(unknown, key), sectionMissing);
  }

  private static String lastWord(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
