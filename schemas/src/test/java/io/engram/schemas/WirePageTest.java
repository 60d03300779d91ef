package io.engram.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/wire.md} is what other languages are written by: its vectors are the golden files, its fingerprints the schemas'. */
class WirePageTest {

  private static final Path PAGE = Path.of("../docs/wire.md");
  private static final Path GOLDEN = Path.of("src/test/resources/io/engram/schemas/golden");
  private static final Pattern VECTOR = Pattern.compile("```hex (\\S+)\\n([^`]*)```");

  @Test
  void itsVectorsAreTheGoldenFiles() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    try (Stream<Path> files = Files.list(GOLDEN)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".hex", "");
        expected.put(name, bare(Files.readString(file)));
      }
    }
    Map<String, String> found = new TreeMap<>();
    Matcher matcher = VECTOR.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      found.put(matcher.group(1), bare(matcher.group(2)));
    }
    assertThat(found)
        .as("docs/wire.md, test vectors; a new golden file? cd python && python3 -m tests.refresh")
        .isEqualTo(expected);
  }

  @Test
  void itNamesEverySchemaWithItsFingerprint() throws IOException {
    String page = Files.readString(PAGE);
    for (WireSchema schema : WireSchema.shipped()) {
      StringBuilder bytes = new StringBuilder();
      for (int at = 14; at >= 0; at -= 2) {
        bytes.append(schema.fingerprint(), at, at + 2).append(at == 0 ? "" : " ");
      }
      assertThat(page)
          .as("docs/wire.md, schemas; a new one? cd python && python3 -m tests.refresh")
          .contains(
              "| `%s` | `%s` | `%s` |"
                  .formatted(
                      schema.name(),
                      schema.fingerprint(),
                      bytes.toString().toUpperCase(Locale.ROOT)));
    }
  }

  private static String bare(String hex) {
    return hex.replaceAll("\\s", "");
  }
}
