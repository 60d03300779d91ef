package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.cli.Shell.Outcome;
import io.engram.core.random.RandomStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Small tables of which one knows what there is to find. */
final class TasteCommandTest {

  private static final int KEYS = 40;
  private static final int ROWS_OF_KEY = 60;

  private final Path directory;
  private final RandomStream random = new RandomStream(3);

  TasteCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /** A label that follows from a row of a key. */
  private interface Rule {
    String label(int key, double a, double b);
  }

  private Path table(int keys, int rowsOfKey, Rule rule) throws IOException {
    List<String> rows = new ArrayList<>(List.of("store,a,b,note,sold"));
    for (int i = 0; i < rowsOfKey; i++) {
      for (int key = 0; key < keys; key++) {
        double a = random.nextGaussian();
        double b = random.nextGaussian();
        rows.add(
            String.format(Locale.ROOT, "s%d,%.4f,%.4f,fine,%s", key, a, b, rule.label(key, a, b)));
      }
    }
    return Files.write(directory.resolve("sales.csv"), rows);
  }

  private String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static Outcome taste(Path file, String... more) {
    return Shell.run(
        Stream.concat(
                Stream.of("taste", file.toString(), "--key", "store", "--label", "sold"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static JsonNode figures(Path file, String... more) throws IOException {
    Outcome outcome =
        taste(file, Stream.concat(Stream.of("--json"), Stream.of(more)).toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out().lines()).hasSize(1);
    return outcome.lastJson();
  }

  private double[] perKey() {
    return IntStream.range(0, KEYS).mapToDouble(key -> random.nextGaussian()).toArray();
  }

  @Test
  void keysThatDifferAreWorthIt() throws IOException {
    double[] level = perKey();
    double[] slope = perKey();
    Path file =
        table(
            KEYS,
            ROWS_OF_KEY,
            (key, a, b) ->
                number(
                    level[key] + slope[key] * a + Math.sin(3 * b) + 0.5 * random.nextGaussian()));
    JsonNode found = figures(file);
    assertThat(found.get("verdict").asText()).isEqualTo("worth-running");
    assertThat(found.get("sentence").asText()).contains("% below", "worth running");
    assertThat(found.get("kind").asText()).isEqualTo("regression");
    assertThat(found.get("rows").asInt()).isEqualTo(KEYS * ROWS_OF_KEY);
    assertThat(found.get("keys").asInt()).isEqualTo(KEYS);
    assertThat(found.at("/rowsPerKey/median").asDouble()).isEqualTo(ROWS_OF_KEY);
    assertThat(found.get("betweenKeys").asDouble()).isBetween(0.15, 0.6);
    assertThat(found.at("/tasks/cut").asInt()).isEqualTo(KEYS * ROWS_OF_KEY / 20);
    assertThat(found.at("/tasks/heldOut").asInt()).isEqualTo(12);
    assertThat(found.get("columns").findValuesAsText("name"))
        .containsExactly("store", "a", "b", "note", "sold");
    assertThat(found.at("/columns/1/taken").asText()).isEqualTo("number");
    assertThat(found.at("/columns/3/taken").asText()).isEqualTo("text, one-hot of 1 value");
    assertThat(found.get("contenders").findValuesAsText("name"))
        .containsExactly(
            "model", "supportMean", "lastLabel", "threeNearest", "supportFit", "globalModel");
    assertThat(found.at("/all/gain").asDouble())
        .isGreaterThan(
            2 * found.at("/all/standardError").asDouble() / found.at("/all/best").asDouble());
    assertThat(found.get("overTasks")).hasSize(10);
    assertThat(found.get("overShots").findValuesAsText("supportRows"))
        .containsExactly("1", "2", "3", "5", "10");
    assertThat(found.at("/overShots/4/engram").asDouble())
        .as("more rows help")
        .isLessThan(found.at("/overShots/0/engram").asDouble());
  }

  @Test
  void whereNoColumnHelpsItSaysSo() throws IOException {
    double[] level = perKey();
    Path file =
        table(KEYS, ROWS_OF_KEY, (key, a, b) -> number(2 * level[key] + random.nextGaussian()));
    JsonNode found = figures(file);
    assertThat(found.get("best").asText()).isEqualTo("supportMean");
    assertThat(found.get("verdict").asText()).isEqualTo("no-better");
    assertThat(found.get("sentence").asText())
        .contains("the support mean does as well", "no more than noise", "no column helps");
  }

  /** By two standard errors, luck is taken for more on one such table of forty: of three at most one. */
  @Test
  void whereNothingHelpsItSaysSo() throws IOException {
    List<String> verdicts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Path file = table(KEYS, ROWS_OF_KEY, (key, a, b) -> random.nextInt(2) == 0 ? "no" : "yes");
      JsonNode found = figures(file);
      assertThat(found.get("kind").asText()).isEqualTo("classification");
      assertThat(found.get("error").asText()).isEqualTo("shareWrong");
      assertThat(found.get("betweenKeys").asDouble()).isLessThan(0.02);
      verdicts.add(found.get("verdict").asText());
    }
    assertThat(verdicts).filteredOn("nothing-helps"::equals).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void oneFunctionForAllKeysNeedsNoAdapting() throws IOException {
    Path file =
        table(
            KEYS, ROWS_OF_KEY, (key, a, b) -> number(3 + 2 * a - b + 0.5 * random.nextGaussian()));
    JsonNode found = figures(file);
    assertThat(found.get("best").asText()).isEqualTo("globalModel");
    assertThat(found.get("verdict").asText()).isIn("no-better", "worse");
    assertThat(found.get("sentence").asText())
        .contains(
            "One model for all",
            "keys' labels hardly differ",
            "adapting to each key gains nothing");
  }

  @Test
  void thePageIsWellFormedAndNeedsNothingFromElsewhere() throws Exception {
    Path file =
        table(8, ROWS_OF_KEY, (key, a, b) -> (key + a > 3 ? "\"<much> & more\"" : "little"));
    Path page = directory.resolve("page.html");
    Outcome outcome = taste(file, "--html", page.toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("taste: reading", "taste: learning from");
    assertThat(outcome.out())
        .contains("sales.csv: 'sold' by 'store'", "share wrong", "Engram", "keys differ")
        .contains("rows per key  60 to 60, median 60; all have the 20 of a task");
    String html = Files.readString(page);
    Document document = parsed(html);
    assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(2);
    assertThat(document.getElementsByTagName("h1").item(0).getTextContent())
        .isEqualTo("A taste of sales.csv: 'sold' by 'store'");
    assertThat(html).contains("&lt;much&gt; &amp; more").doesNotContain("<script", "src=", "href=");
    assertThat(html)
        .contains(outcome.out().lines().reduce((a, b) -> b).orElseThrow().substring(0, 20));
  }

  private static Document parsed(String html) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setExpandEntityReferences(false);
    return factory
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html.replaceFirst("<!DOCTYPE html>", ""))));
  }

  @Test
  void keysWithFewRowsMakeSmallerTasks() throws IOException {
    Path file = table(50, 9, (key, a, b) -> number(key + a));
    JsonNode found = figures(file);
    assertThat(found.at("/tasks/supportRows").asInt()).isEqualTo(4);
    assertThat(taste(file).out()).contains("most keys have too few rows for the usual 10");
  }

  @Test
  void fewTasksAreTooFewToTell() throws IOException {
    JsonNode found = figures(table(5, 40, (key, a, b) -> number(key + a)));
    assertThat(found.get("verdict").asText()).isEqualTo("too-few-tasks");
    assertThat(found.get("sentence").asText()).contains("at least 20 are needed");
  }

  @Test
  void itReadsNoMoreThanItIsTold() throws IOException {
    JsonNode found =
        figures(table(5, 200, (key, a, b) -> number(key + a)), "--rows", "600", "--ignore", "a");
    assertThat(found.get("rows").asInt()).isEqualTo(600);
    assertThat(found.get("moreRows").asBoolean()).isTrue();
    assertThat(found.at("/columns/1/taken").asText()).startsWith("left out");
  }

  @Test
  void whatCannotBeTastedIsOneLineThatSaysWhatToDo() throws IOException {
    Path file = table(4, 30, (key, a, b) -> a > 0 ? "up" : "down");
    refused(
        Shell.run("taste", "none.csv", "--key", "k", "--label", "l"),
        ExitCodes.FAILURE,
        "none.csv cannot be read: there is none; name a CSV file with a header");
    refused(
        Shell.run("taste", file.toString(), "--key", "shop", "--label", "sold"),
        ExitCodes.FAILURE,
        "--key 'shop' is not a column of");
    refused(
        Shell.run("taste", file.toString(), "--key", "sold", "--label", "sold"),
        ExitCodes.USAGE,
        "--key and --label both name 'sold'");
    refused(
        Shell.run("taste", file.toString(), "--key", "store", "--label", "note"),
        ExitCodes.FAILURE,
        "holds 1 class(es), at least 2 are needed");
    refused(taste(file, "--regression"), ExitCodes.FAILURE, "say --classification");
    refused(taste(file, "--ignore", "a,b,note"), ExitCodes.FAILURE, "no feature is left");
    refused(taste(file, "--column", "a=blue"), ExitCodes.USAGE, "found 'a=blue', expected");
    refused(taste(file, "--rows", "0"), ExitCodes.USAGE, "--rows: found 0, expected at least 1");
    refused(
        taste(file, "--html", directory.resolve("nowhere/page.html").toString()),
        ExitCodes.USAGE,
        "a directory that exists");
    refused(
        taste(table(30, 3, (key, a, b) -> number(a))),
        ExitCodes.FAILURE,
        "the largest of 30 keys in 'store' has 3, at least 4 are needed");
  }

  private static void refused(Outcome outcome, int exitCode, String words) {
    assertThat(outcome.exitCode()).isEqualTo(exitCode);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.errorLines().stream().filter(line -> line.startsWith("engram: ")))
        .hasSize(1)
        .allSatisfy(line -> assertThat(line).contains(words));
  }
}
