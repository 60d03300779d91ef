package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.engram.cli.source.Cursor;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.source.SourceException;
import io.engram.cli.source.SourceRecord;
import io.engram.schemas.Tensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * A table as somebody has it, and a command line for it. What 'engram run' would make of its rows is found out without a broker.
 *
 * @param rows in all
 * @param examples rows that became one
 * @param refusals why the others did not
 * @param remarks what a run says before it starts and when the rows have ended
 * @param stop why it does not start, or null
 */
record TableCase(
    int rows,
    List<SourceRecord.Example> examples,
    List<String> refusals,
    List<String> remarks,
    @Nullable String stop) {

  private static final Pattern BLANK = Pattern.compile(" ");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  /** The options of 'engram run' that matter here. */
  @Command(name = "run")
  static final class Options {
    @Mixin SourceOptions source = new SourceOptions();
    @Mixin ConfigOptions config = new ConfigOptions();
  }

  /** Takes a command line that begins with {@code engram run}, with FILE for the table. */
  static TableCase of(String command, Path table, Path state) {
    Options options = new Options();
    new CommandLine(options).parseArgs(arguments(command, table.toString(), state.toString()));
    List<String> remarks = new ArrayList<>();
    try {
      RunSettings run =
          RunSettings.load(
              options.source.over(options.config.layers(Map.of())),
              InputStream.nullInputStream(),
              remarks::add);
      try (ExampleSource source = run.opened().source()) {
        return read(source, remarks);
      }
    } catch (SourceException e) {
      return new TableCase(0, List.of(), List.of(), remarks, e.getMessage());
    }
  }

  private static TableCase read(ExampleSource source, List<String> remarks) {
    List<SourceRecord.Example> examples = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    int rows = 0;
    try (Cursor cursor = source.open(0)) {
      for (SourceRecord it = cursor.next(); it != null; it = cursor.next()) {
        rows++;
        if (it instanceof SourceRecord.Example example) {
          examples.add(example);
        } else if (it instanceof SourceRecord.Refused refused) {
          refusals.add(refused.why().reason());
        }
      }
    }
    for (String it = source.remark(); it != null; it = source.remark()) {
      remarks.add(it);
    }
    return new TableCase(rows, examples, refusals, remarks, null);
  }

  private static String[] arguments(String command, String file, String state) {
    List<String> words = new ArrayList<>();
    for (MatchResult it : WORD.matcher(command.strip()).results().toList()) {
      String word = it.group(1) == null ? it.group(2) : it.group(1);
      words.add(word.equals("FILE") ? file : word.equals("STATE") ? state : word);
    }
    assertThat(words).startsWith("engram", "run");
    if (!words.contains("--state")) {
      words.addAll(List.of("--state", state));
    }
    return words.subList(2, words.size()).toArray(String[]::new);
  }

  /**
   * Checks one line of what is to hold.
   *
   * @param line a word and what it is about, such as {@code refused 2} or {@code says column x: number}
   */
  void check(String line) {
    int space = line.indexOf(' ');
    String about = line.substring(space + 1);
    if (!line.startsWith("stops ")) {
      assertThat(stop).as("stopped").isNull();
    }
    switch (line.substring(0, space)) {
      case "rows" -> assertThat(rows).as("rows").isEqualTo(Integer.parseInt(about));
      case "examples" ->
          assertThat(examples).as("examples beside %s", refusals).hasSize(Integer.parseInt(about));
      case "refused" -> assertThat(refusals).hasSize(Integer.parseInt(about));
      case "refusal" -> assertThat(refusals).anyMatch(it -> it.contains(about));
      case "says" -> assertThat(remarks).anyMatch(it -> it.contains(about));
      case "silent" -> assertThat(remarks).noneMatch(it -> it.contains(about));
      case "stops" -> assertThat(String.valueOf(stop)).contains(about);
      case "key" -> assertThat(examples).anyMatch(it -> it.key().equals(about));
      case "label" -> assertThat(examples).anyMatch(it -> label(it).equals(about));
      case "nolabel" -> assertThat(examples).noneMatch(it -> label(it).equals(about));
      case "features" -> assertThat(features(0)).hasSize(Integer.parseInt(about));
      case "first" -> assertThat(features(0)).startsWith(numbers(about));
      default -> throw new IllegalArgumentException(line);
    }
  }

  private static String label(SourceRecord.Example example) {
    return example.value().getLabel().toString();
  }

  private float[] features(int example) {
    return Tensors.floats(examples.get(example).value().getFeatures());
  }

  private static float[] numbers(String text) {
    List<String> words = BLANK.splitAsStream(text).toList();
    float[] numbers = new float[words.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Float.parseFloat(words.get(i));
    }
    return numbers;
  }

  /**
   * Writes a table as its case has it.
   *
   * @param how its encoding, then any of {@code mark} (of the byte order), {@code cr}, {@code gzip} and {@code zstd}
   */
  static Path written(String text, String how, Path file) throws IOException {
    List<String> words = BLANK.splitAsStream(how.strip()).toList();
    String lines = words.contains("cr") ? text.replace('\n', '\r') : text;
    String marked = words.contains("mark") ? '\uFEFF' + lines : lines;
    byte[] bytes = marked.getBytes(Charset.forName(words.get(0)));
    return Files.write(
        file,
        words.contains("gzip")
            ? gzip(bytes)
            : words.contains("zstd") ? Zstd.compress(bytes) : bytes);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
