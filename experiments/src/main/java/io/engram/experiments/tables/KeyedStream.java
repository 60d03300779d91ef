package io.engram.experiments.tables;

import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows have keys, cut into tasks as ingest does: of one key, of a fixed size, in the order in which they are full.
 *
 * @param name of its file, without the ending
 * @param ways number of classes, or 0 for numbers
 * @param columns inputs of a row
 * @param tasks in stream order
 */
record KeyedStream(String name, int ways, int columns, List<KeyedTask> tasks) {

  private static final int HALF = 10;

  boolean classes() {
    return ways > 0;
  }

  /** Names and kinds of the streams in a directory, from its manifest: true for classes. */
  static Map<String, Boolean> kinds(Path directory) {
    try {
      Map<String, Boolean> kinds = new LinkedHashMap<>();
      List<String> lines = Files.readAllLines(directory.resolve("MANIFEST.tsv"));
      for (String line : lines.subList(1, lines.size())) {
        String[] fields = line.split("\t", 3);
        kinds.put(fields[0], fields[1].equals("classification"));
      }
      return kinds;
    } catch (IOException e) {
      throw new UncheckedIOException("the keyed streams have no readable manifest", e);
    }
  }

  /** A row as it was read. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(String key, float[] cells) {}

  /** The rows as they come, or with the labels of each key dealt out anew, so that rows say nothing of labels any more. */
  enum Order {
    AS_THEY_COME,
    LABELS_SHUFFLED
  }

  static KeyedStream read(Path directory, String name, boolean classes, int rows) {
    return read(directory, name, classes, rows, Order.AS_THEY_COME);
  }

  /**
   * Reads the first rows of a table: key first, label last, numbers between, an empty cell where one is missing.
   *
   * @param rows to read at most
   */
  static KeyedStream read(Path directory, String name, boolean classes, int rows, Order order) {
    Path file = directory.resolve(name + ".csv.gz");
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      int fields = header(reader.readLine(), file).split(",", -1).length;
      List<Row> all = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        String line = reader.readLine();
        if (line == null) {
          break;
        }
        String[] cells = line.split(",", -1);
        if (cells.length != fields) {
          throw new IllegalArgumentException(
              "row %d of %s has %d cells, its header %d"
                  .formatted(i + 1, file, cells.length, fields));
        }
        all.add(new Row(cells[0], numbers(cells)));
      }
      if (order == Order.LABELS_SHUFFLED) {
        shuffleLabels(all);
      }
      int ways = classes ? 1 + all.stream().mapToInt(row -> (int) label(row)).max().orElse(0) : 0;
      List<List<float[]>> full = tasksOf(all);
      if (full.isEmpty()) {
        throw new IllegalArgumentException(
            "no key of %s has %d rows among the first %d".formatted(file, 2 * HALF, rows));
      }
      List<KeyedTask> tasks = full.stream().map(task -> task(task, ways)).toList();
      String called = order == Order.LABELS_SHUFFLED ? name + "-shuffled" : name;
      return new KeyedStream(called, ways, fields - 2, tasks);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static List<List<float[]>> tasksOf(List<Row> rows) {
    Map<String, List<float[]>> open = new HashMap<>();
    List<List<float[]>> full = new ArrayList<>();
    for (Row row : rows) {
      List<float[]> ofKey = open.computeIfAbsent(row.key(), key -> new ArrayList<>());
      ofKey.add(row.cells());
      if (ofKey.size() == 2 * HALF) {
        full.add(ofKey);
        open.remove(row.key());
      }
    }
    return full;
  }

  private static float label(Row row) {
    return row.cells()[row.cells().length - 1];
  }

  private static void shuffleLabels(List<Row> rows) {
    Map<String, List<Float>> labels = new HashMap<>();
    rows.forEach(
        row -> labels.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(label(row)));
    labels.forEach((key, ofKey) -> Collections.shuffle(ofKey, new Random(key.hashCode())));
    for (Row row : rows) {
      List<Float> left = labels.getOrDefault(row.key(), List.of());
      row.cells()[row.cells().length - 1] = left.remove(left.size() - 1);
    }
  }

  private static String header(@Nullable String line, Path file) {
    if (line == null) {
      throw new IllegalArgumentException(file + " is empty");
    }
    return line;
  }

  private static float[] numbers(String[] cells) {
    float[] row = new float[cells.length - 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = cells[j + 1].isEmpty() ? Float.NaN : Float.parseFloat(cells[j + 1]);
    }
    return row;
  }

  private static KeyedTask task(List<float[]> rows, int ways) {
    return new KeyedTask(
        examples(rows.subList(0, HALF), ways), examples(rows.subList(HALF, rows.size()), ways));
  }

  private static ExampleSet examples(List<float[]> rows, int ways) {
    int columns = rows.get(0).length - 1;
    float[] inputs = new float[rows.size() * columns];
    float[] values = new float[rows.size()];
    int[] classes = new int[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, inputs, i * columns, columns);
      values[i] = rows.get(i)[columns];
      classes[i] = ways > 0 ? (int) values[i] : 0;
    }
    Targets targets = ways > 0 ? new Targets.Classes(ways, classes) : new Targets.Values(1, values);
    return new ExampleSet(columns, inputs, targets);
  }
}
