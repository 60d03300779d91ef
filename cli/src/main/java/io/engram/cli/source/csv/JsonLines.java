package io.engram.cli.source.csv;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.engram.cli.source.SourceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects, one a line or all in one array, as the rows of the CSV that they would be: fields within fields are called {@code a.b},
 * elements of arrays {@code a.0}, null is an empty cell. The columns are all that the first objects have.
 */
final class JsonLines implements Lines {

  /** Objects by which the columns are known. */
  private static final int LOOKED_AT = 1000;

  private static final char DELIMITER = ',';

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private final Encoding encoding;
  private final String name;
  private final @Nullable JsonParser array;
  private final Queue<Found> lookedAt = new ArrayDeque<>();
  private final List<String> columns = new ArrayList<>();
  private long number;
  private boolean begun;

  /**
   * An object, or what is none.
   *
   * @param cells by column; null where it is none
   */
  private record Found(Line line, @Nullable Map<String, String> cells) {}

  private JsonLines(Encoding encoding, String name, @Nullable JsonParser array) {
    this.encoding = encoding;
    this.name = name;
    this.array = array;
  }

  /** Whether a text begins as JSON objects do. */
  static boolean begins(String head) {
    String text = head.strip();
    return text.startsWith("{")
        || (text.startsWith("[") && text.substring(1).strip().startsWith("{"));
  }

  /**
   * Opens them.
   *
   * @param head the first characters, which are still to be read
   */
  static JsonLines of(Encoding encoding, String name, String head) throws IOException {
    if (!head.strip().startsWith("[")) {
      return new JsonLines(encoding, name, null);
    }
    JsonParser array = JSON.createParser(encoding.decoded());
    array.nextToken();
    return new JsonLines(encoding, name, array);
  }

  @Override
  public @Nullable Line next() {
    if (!begun) {
      begun = true;
      return header();
    }
    Found found = lookedAt.isEmpty() ? read() : lookedAt.remove();
    if (found == null) {
      return null;
    }
    Map<String, String> cells = found.cells();
    return cells == null
        ? found.line()
        : new Line(found.line().number(), row(cells), found.line().trouble());
  }

  private @Nullable Line header() {
    Set<String> names = new LinkedHashSet<>();
    for (Found it = read(); it != null; it = lookedAt.size() < LOOKED_AT ? read() : null) {
      lookedAt.add(it);
      Map<String, String> cells = it.cells();
      if (cells != null) {
        names.addAll(cells.keySet());
      }
    }
    columns.addAll(names);
    List<String> quoted = columns.stream().map(JsonLines::quoted).toList();
    return columns.isEmpty() ? null : new Line(1, String.join(",", quoted), null);
  }

  @Override
  public char delimiter() {
    return DELIMITER;
  }

  @Override
  public List<String> remarks() {
    return List.of(
        "read as JSON; its columns are those of the first %,d objects".formatted(LOOKED_AT));
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public void close() {
    try {
      encoding.reader().close();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private @Nullable Found read() {
    try {
      return array == null ? line(encoding.reader()) : element(array);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private @Nullable Found line(BufferedReader reader) throws IOException {
    String text = reader.readLine();
    number++;
    while (text != null && text.isBlank()) {
      text = reader.readLine();
      number++;
    }
    if (text == null) {
      return null;
    }
    Line line = encoding.line(number, text);
    if (!line.readable()) {
      return new Found(line, null);
    }
    try {
      JsonNode node = JSON.readTree(line.text());
      return node.isObject()
          ? new Found(line, cells(node))
          : noObject(line, "it holds something else");
    } catch (JsonProcessingException e) {
      return noObject(line, e.getOriginalMessage());
    }
  }

  private static Found noObject(Line line, String problem) {
    Trouble trouble = new Trouble("malformed", "no JSON object: " + problem);
    return new Found(new Line(line.number(), line.text(), trouble), null);
  }

  private @Nullable Found element(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null || token == JsonToken.END_ARRAY) {
      return null;
    }
    number++;
    JsonNode node = JSON.readTree(parser);
    Line line = new Line(number, node.toString(), null);
    return node.isObject()
        ? new Found(line, cells(node))
        : noObject(line, "it holds something else");
  }

  private static Map<String, String> cells(JsonNode object) {
    Map<String, String> cells = new LinkedHashMap<>();
    flatten("", object, cells);
    return cells;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> cells) {
    String within = path.isEmpty() ? "" : path + ".";
    if (node.isObject()) {
      node.properties().forEach(it -> flatten(within + it.getKey(), it.getValue(), cells));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(within + i, node.get(i), cells);
      }
    } else {
      cells.put(path, node.isNull() ? "" : node.asText());
    }
  }

  private String row(Map<String, String> cells) {
    List<String> row = new ArrayList<>();
    for (String column : columns) {
      row.add(quoted(cells.getOrDefault(column, "")));
    }
    return String.join(",", row);
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == DELIMITER || c == '"' || c < ' ');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  private SourceException failure(IOException e) {
    String problem =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return new SourceException(
        "cannot read %s after row %d: %s".formatted(name, number, problem), e);
  }
}
