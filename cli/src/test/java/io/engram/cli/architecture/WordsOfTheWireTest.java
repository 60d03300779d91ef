package io.engram.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.model.Generation;
import io.engram.model.ManifestFields;
import io.engram.model.Metric;
import io.engram.model.VersionTensor;
import io.engram.modelregistry.http.RegistryFields;
import io.engram.schemas.kafka.EndOfSource;
import io.engram.schemas.kafka.Husk;
import io.engram.schemas.kafka.RejectedHeaders;
import io.engram.schemas.kafka.SourceIndex;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What stands on the wire under a name is named once: a second source file that spells it can only come to differ. */
class WordsOfTheWireTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");

  /** Words of the language rather than of a version: other things have a name, a version or tasks as well. */
  private static final Set<String> PLAIN_WORDS =
      Set.of(
          "version",
          "model",
          "metrics",
          "tasks",
          "network",
          "classes",
          "scope",
          "normalization",
          "name",
          "seed",
          "engine",
          "champion",
          "versions",
          "pinned",
          "aliases",
          "models",
          "champions",
          "tags",
          "since",
          "how",
          "by",
          "reason",
          "a",
          "b",
          "change",
          "at",
          "kind",
          "actor",
          "state");

  /** The directory that parameters are kept in, a count in the lines of JSON of {@code engram run}, and one in a learner's store. */
  private static final Map<String, Set<String>> OTHER_THINGS =
      Map.of(
          "parameters",
          Set.of("RegistryService.java"),
          "metaUpdates",
          Set.of("JsonView.java"),
          "steps",
          Set.of("ShrinkAndPerturb.java"));

  @Test
  void eachIsSpelledInOneSourceFile() throws IOException {
    Map<String, Set<String>> spelled = spelled();
    Map<String, Set<String>> twice = new TreeMap<>();
    for (String word : words()) {
      Set<String> files = spelled.getOrDefault(word, Set.of());
      if (files.size() > 1) {
        twice.put(word, files);
      }
    }

    assertThat(twice).as("words of the wire in more than one source file").isEmpty();
  }

  @Test
  void theWordsAreFoundWhereTheyStand() throws IOException {
    Map<String, Set<String>> spelled = spelled();

    assertThat(spelled.get("stepSizes")).containsExactly("VersionTensor.java");
    assertThat(spelled.get("retained.score")).containsExactly("Metric.java");
    assertThat(spelled.get("byteOffset")).containsExactly("ManifestFields.java");
    assertThat(spelled.get("registeredAt")).containsExactly("RegistryFields.java");
    assertThat(spelled.get("engram.reason")).containsExactly("RejectedHeaders.java");
  }

  private static Set<String> words() {
    Set<String> words = new TreeSet<>();
    Arrays.stream(VersionTensor.values()).map(VersionTensor::wireName).forEach(words::add);
    Arrays.stream(ScoreColumn.values()).map(column -> Metric.of(column).key()).forEach(words::add);
    words.add(Metric.RETAINED.key());
    words.add(Metric.RETAINED_BEFORE.key());
    words.add(Metric.RETAINED_OLDEST.key());
    words.add(Metric.RETAINED_NEWEST.key());
    Stream.of(ManifestFields.class.getNestMembers()).forEach(type -> words.addAll(constants(type)));
    words.addAll(constants(RejectedHeaders.class));
    words.addAll(constants(RegistryFields.class));
    words.addAll(constants(EndOfSource.class));
    words.addAll(constants(SourceIndex.class));
    words.addAll(constants(Husk.class));
    words.addAll(constants(Generation.class));
    words.removeAll(PLAIN_WORDS);
    return words;
  }

  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .filter(field -> field.getType() == String.class)
        .map(WordsOfTheWireTest::value)
        .toList();
  }

  private static String value(Field field) {
    try {
      field.setAccessible(true);
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  /** File names by literal, over the main sources of all modules. */
  private static Map<String, Set<String>> spelled() throws IOException {
    Map<String, Set<String>> files = new TreeMap<>();
    for (Path source : sources()) {
      String name = source.getFileName().toString();
      Matcher literal = LITERAL.matcher(COMMENT.matcher(Files.readString(source)).replaceAll(""));
      while (literal.find()) {
        String word = literal.group(1);
        if (!OTHER_THINGS.getOrDefault(word, Set.of()).contains(name)) {
          files.computeIfAbsent(word, it -> new TreeSet<>()).add(name);
        }
      }
    }
    return files;
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .flatMap(WordsOfTheWireTest::under)
          .filter(file -> file.toString().endsWith(".java"))
          .collect(Collectors.toList());
    }
  }

  private static Stream<Path> under(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new AssertionError("cannot read " + directory, e);
    }
  }
}
