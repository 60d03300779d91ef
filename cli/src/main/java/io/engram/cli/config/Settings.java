package io.engram.cli.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.engram.cli.source.SourceKind;
import io.engram.cli.source.SourceKinds;
import io.engram.servicekit.secret.Secret;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The effective configuration: every key with its value and where that came from. Immutable. */
public final class Settings {

  private static final String ROOT = "engram";

  /** Variables that begin with ENGRAM_ but are read by the launcher, the tests or the options of 'engram models', not here. */
  private static final Set<String> RESERVED_VARIABLES =
      Set.of(
          "ENGRAM_DATA",
          "ENGRAM_JAVA_OPTS",
          "ENGRAM_PLUGINS",
          "ENGRAM_REGISTRY_URL",
          "ENGRAM_REGISTRY_TOKEN_FILE");

  private final Map<String, ConfigValue> values;

  private Settings(Map<String, ConfigValue> values) {
    this.values = values;
  }

  /**
   * Lays the layers over the reference file.
   *
   * @throws InvalidSettings on unknown keys and unreadable files
   */
  public static Settings load(Layers layers) {
    Config reference = Reference.config();
    KnownKeys known = new KnownKeys(reference);
    Map<String, ConfigValue> values = new TreeMap<>(Flat.of(reference));
    List<String> problems = new ArrayList<>();
    if (layers.preset() != null) {
      accept(preset(layers.preset()), known, values, problems);
    }
    layers.derived().forEach((key, it) -> values.put(key, value(it.value(), it.origin())));
    if (layers.file() != null) {
      accept(Flat.of(file(layers.file())), known, values, problems);
    }
    accept(environment(layers.environment(), known, problems), known, values, problems);
    accept(assignments(layers.assignments(), problems), known, values, problems);
    layers
        .options()
        .forEach((key, option) -> values.put(key, value(option.value(), option.name())));
    if (!problems.isEmpty()) {
      throw new InvalidSettings(problems);
    }
    return new Settings(values);
  }

  /** The text of the reference file, in which every key is explained. */
  public static String referenceText() {
    return Reference.text();
  }

  /** A view of the keys below {@code name}. */
  public Section section(String name) {
    return new Section(name, values);
  }

  /** The root of all randomness. */
  public long seed() {
    return top().wide("seed");
  }

  /** The keys that stand in no section. */
  public Section top() {
    return new Section("", values);
  }

  /** Properties for Kafka's clients: whatever stands below {@code kafka}; what must not be shown as a {@link Secret}. */
  public Map<String, Object> kafka() {
    Map<String, Object> properties = new TreeMap<>();
    below(KnownKeys.KAFKA)
        .forEach(
            (key, value) ->
                properties.put(key, Secret.isOne(key, value) ? Secret.of(value) : value));
    return properties;
  }

  /** Whatever stands below a key under which any key goes, as text. */
  public Map<String, String> below(String section) {
    Map<String, String> found = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(section + ".")) {
            found.put(key.substring(section.length() + 1), text(value));
          }
        });
    return found;
  }

  /** Every key with its value, where that may be shown, and origin, in order of the keys. */
  public List<Entry> entries() {
    return values.entrySet().stream()
        .map(
            it ->
                new Entry(
                    it.getKey(),
                    Secret.shown(it.getKey(), text(it.getValue())),
                    Section.origin(it.getValue())))
        .toList();
  }

  /** One effective value and where it came from. */
  public record Entry(String key, String value, String origin) {}

  private static String text(ConfigValue value) {
    Object unwrapped = value.unwrapped();
    return unwrapped instanceof List<?> list
        ? String.join(",", list.stream().map(String::valueOf).toList())
        : String.valueOf(unwrapped);
  }

  private static void accept(
      Map<String, ConfigValue> layer,
      KnownKeys known,
      Map<String, ConfigValue> values,
      List<String> problems) {
    layer.forEach(
        (key, value) -> {
          if (known.contains(key)) {
            values.put(key, value);
          } else {
            problems.add(
                "unknown key '%s' (%s); did you mean '%s'?"
                    .formatted(key, Section.origin(value), known.nearest(key)));
          }
        });
  }

  private static Map<String, ConfigValue> environment(
      Map<String, String> variables, KnownKeys known, List<String> problems) {
    Map<String, ConfigValue> values = new TreeMap<>();
    new TreeMap<>(variables)
        .forEach(
            (name, text) -> {
              if (!name.startsWith(KnownKeys.VARIABLE_PREFIX)
                  || RESERVED_VARIABLES.contains(name)) {
                return;
              }
              known
                  .keyOf(name)
                  .ifPresentOrElse(
                      key -> values.put(key, value(text, "environment variable " + name)),
                      () ->
                          problems.add(
                              "unknown environment variable %s; did you mean %s?"
                                  .formatted(name, known.nearestVariable(name))));
            });
    return values;
  }

  private static Map<String, ConfigValue> assignments(
      List<String> assignments, List<String> problems) {
    Map<String, ConfigValue> values = new TreeMap<>();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        problems.add(
            "--set takes key=value, found '%s'".formatted(Secret.shown(assignment, assignment)));
        continue;
      }
      String key = assignment.substring(0, equals).strip();
      String withoutRoot = key.startsWith(ROOT + ".") ? key.substring(ROOT.length() + 1) : key;
      values.put(withoutRoot, value(assignment.substring(equals + 1).strip(), "--set " + key));
    }
    return values;
  }

  private static ConfigValue value(Object value, String origin) {
    return ConfigValueFactory.fromAnyRef(value, origin)
        .withOrigin(ConfigOriginFactory.newSimple(origin));
  }

  /** What a source wants where the user says nothing, and that it is this source. */
  private static Map<String, ConfigValue> preset(String name) {
    SourceKind kind =
        SourceKinds.named(name)
            .orElseThrow(
                () ->
                    new InvalidSettings(
                        "no source is called '%s'; there are %s"
                            .formatted(name, String.join(", ", SourceKinds.names()))));
    String origin = "preset " + name;
    Map<String, ConfigValue> values = new TreeMap<>();
    kind.preset().forEach((key, it) -> values.put(key, value(it, origin)));
    values.put("source.kind", value(name, origin));
    return values;
  }

  private static Config file(Path path) {
    File file = path.toFile();
    if (!Files.isReadable(path) || file.isDirectory()) {
      throw new InvalidSettings("the configuration file " + path + " cannot be read");
    }
    Config whole;
    try {
      whole = ConfigFactory.parseFile(file).resolve();
    } catch (ConfigException e) {
      throw new InvalidSettings("the configuration file " + oneLine(e.getMessage()));
    }
    List<String> outside =
        Flat.of(whole).keySet().stream().filter(key -> !key.startsWith(ROOT + ".")).toList();
    if (!outside.isEmpty()) {
      throw new InvalidSettings(
          "%s: '%s' stands outside of 'engram { … }', where every key belongs"
              .formatted(path, outside.get(0)));
    }
    return whole.hasPath(ROOT) ? whole.getConfig(ROOT) : ConfigFactory.empty();
  }

  private static String oneLine(@Nullable String message) {
    // What stands around the mistake may be a secret; where it stands is enough.
    return String.valueOf(message)
        .replaceAll("\\s*\\R\\s*", " ")
        .replaceAll("(['\"])[^'\"]{4,}\\1", "$1…$1");
  }
}
