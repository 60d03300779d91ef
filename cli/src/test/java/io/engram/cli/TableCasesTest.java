package io.engram.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.testing.TestData;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tables as people have them: each is a directory of this package's resources with a command line ({@code cmd}), what is to come of it in
 * words ({@code expect}) and as a program reads it ({@code holds}), and the table; {@code make} says what is done to its bytes.
 */
final class TableCasesTest {

  private static final Pattern BETWEEN = Pattern.compile("; ");

  private final Path directory;

  TableCasesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  static Stream<String> names() throws IOException {
    try (Stream<Path> cases = Files.list(cases())) {
      return cases.map(it -> it.getFileName().toString()).sorted().toList().stream();
    }
  }

  private static Path cases() {
    try {
      return Path.of(Objects.requireNonNull(TableCasesTest.class.getResource("tables")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void whatACaseExpectsHolds(String name) throws IOException {
    Path at = cases().resolve(name);
    Path make = at.resolve("make");
    Path table =
        TableCase.written(
            Files.readString(at.resolve("table.csv")),
            Files.exists(make) ? Files.readString(make) : "UTF-8",
            directory.resolve("table"));
    TableCase found = TableCase.of(Files.readString(at.resolve("cmd")), table, directory);
    Files.readAllLines(at.resolve("holds"), UTF_8).forEach(found::check);
  }

  @Test
  void thereAreAsManyAsThereShouldBe() throws IOException {
    assertThat(names().toList()).hasSizeGreaterThanOrEqualTo(20);
  }

  /** Those that were reported; their tables lie beside the data. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "all-rejected-trailing-comma | trailing.csv | machine state --classification | examples 600; refused 0; features 3",
        "float-label-as-class | floatlabel.csv | machine state --classification | stops 600 different numbers in 600 rows; stops --regression",
        "index-column | index.csv | machine state --classification | examples 600; features 3; says column #1: left out, it numbers the rows",
        "java-suffix-numbers | suffix.csv | machine state --classification | examples 600; says column age: text",
        "latin1-keys | latin1.csv | machine state --classification | stops row 2 is not UTF-8; stops --charset windows-1252",
        "latin1-keys | latin1.csv | machine state --charset=windows-1252 | examples 600; key M\u00fcller; key M\u00f6ller",
        "new-class-later | after.csv | machine state --classification | examples 660; says 3 classes",
        "outlier-target | poison-900-rows.csv | key y --regression | says of key 'k20' lies far from all others",
        "stray-quote | strayquote.csv | machine state --ignore=note | rows 600; examples 600",
        "target-1e9 | y1e9.csv | key y --regression | says 32-bit floats cannot tell its values apart; examples 600",
        "thousands-separators | thousands.csv | machine state --classification | examples 600; refused 0",
        "small-keys | k10.csv | machine state --classification | examples 800",
        "no-version-small-file | base.csv | machine state --classification | rows 600; examples 600"
      })
  void whatWasReportedIsMended(String name, String table, String columns, String holds) {
    List<String> words = Pattern.compile(" ").splitAsStream(columns).toList();
    String command =
        "engram run --source csv --file FILE --key %s --label %s %s"
            .formatted(words.get(0), words.get(1), words.get(2));
    TableCase found =
        TableCase.of(command, TestData.require("../cases/%s/%s".formatted(name, table)), directory);
    BETWEEN.splitAsStream(holds).forEach(found::check);
  }
}
