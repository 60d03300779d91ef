package io.engram.experiments.tables;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Keyed tables made of data sets that are none: the key first, the label last, numbers between. */
final class MoreTables {

  private static final String AIR = "beijing_air";
  private static final String ELECTRICITY = "electricity";

  /** Of all that there can be. */
  static final List<String> NAMES = List.of(AIR, ELECTRICITY);

  /** The month and the hour; PM10 to O3, TEMP to RAIN, WSPM. */
  private static final List<Integer> AIR_INPUTS = List.of(2, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16);

  private static final int AIR_LABEL = 5;
  private static final int STATION = 17;

  private MoreTables() {}

  /**
   * Writes those whose data are there, as files of a directory of keyed tables.
   *
   * @param rows of each at most
   * @return names and kinds, true for classes
   */
  static Map<String, Boolean> write(
      @Nullable Path air, @Nullable Path electricity, int rows, Path directory) {
    Map<String, Boolean> written = new LinkedHashMap<>();
    try {
      if (air != null) {
        air(air, rows, directory.resolve(AIR + ".csv.gz"));
        written.put(AIR, false);
      }
      if (electricity != null) {
        electricity(electricity, rows, directory.resolve(ELECTRICITY + ".csv.gz"));
        written.put(ELECTRICITY, true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the tables could not be made", e);
    }
    return written;
  }

  /** Hour by hour, what each station of Beijing measures of fine dust from all else that it measures. */
  private static void air(Path from, int rows, Path to) throws IOException {
    List<BufferedReader> stations = new ArrayList<>();
    try (Writer out = writer(to)) {
      for (Path file : files(from)) {
        BufferedReader station = reader(file);
        stations.add(station);
        station.readLine();
      }
      out.write("station," + columns(AIR_INPUTS.size()) + ",label\n");
      int written = 0;
      for (int open = stations.size(); written < rows && open > 0; ) {
        open = 0;
        for (BufferedReader station : stations) {
          String line = station.readLine();
          if (line == null) {
            continue;
          }
          open++;
          String[] cells = line.replace("NA", "").split(",", -1);
          if (!cells[AIR_LABEL].isEmpty() && written++ < rows) {
            List<String> row = new ArrayList<>(List.of(cells[STATION]));
            AIR_INPUTS.forEach(j -> row.add(cells[j]));
            row.add(cells[AIR_LABEL]);
            out.write(String.join(",", row) + "\n");
          }
        }
      }
    } finally {
      for (BufferedReader station : stations) {
        station.close();
      }
    }
  }

  /** Half-hour by half-hour, whether the price of electricity goes up; every half-hour of the day is a problem of its own. */
  private static void electricity(Path from, int rows, Path to) throws IOException {
    try (BufferedReader in = reader(from.resolve("electricity.csv"));
        Writer out = writer(to)) {
      int inputs = 5;
      in.readLine();
      out.write("period," + columns(inputs) + ",label\n");
      for (int i = 0; i < rows; i++) {
        String line = in.readLine();
        if (line == null) {
          break;
        }
        out.write(line + "\n");
      }
    }
  }

  private static String columns(int count) {
    return String.join(",", IntStream.range(0, count).mapToObj(j -> "x" + j).toList());
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".csv.gz")).sorted().toList();
    }
  }

  private static BufferedReader reader(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return new BufferedReader(
        new InputStreamReader(
            file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in,
            StandardCharsets.UTF_8));
  }

  private static Writer writer(Path file) throws IOException {
    return new OutputStreamWriter(
        new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8);
  }
}
