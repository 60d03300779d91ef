package io.engram.ingest.format.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as RFC 8259 has it, with bounded depth: one value and nothing behind it, no name twice, no NaN. Arrays of numbers alone become
 * {@code double[]}. Thread-safe.
 */
public final class JsonTrees {

  private static final int DEEPEST = 64;
  private static final int LONGEST_NUMBER = 400;
  private static final int LONGEST_NAME = 10_000;
  private static final int LONGEST_TEXT = 64 << 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxNameLength(LONGEST_NAME)
                  .maxStringLength(LONGEST_TEXT)
                  .build())
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

  private JsonTrees() {}

  /** The tree of a JSON text. */
  public static Parsed read(byte[] bytes) {
    return read(bytes, 0, bytes.length);
  }

  /** The tree of the JSON text that part of an array holds. */
  public static Parsed read(byte[] bytes, int from, int length) {
    try (JsonParser parser = FACTORY.createParser(bytes, from, length)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return new Parsed.Refused("no JSON: %d bytes of nothing".formatted(length));
      }
      Object root = value(parser, first);
      JsonToken more = parser.nextToken();
      return more == null
          ? new Parsed.Tree(root)
          : new Parsed.Refused(
              "no JSON: %s follows behind the first value, expected its end".formatted(more));
    } catch (JsonProcessingException e) {
      return new Parsed.Refused("no JSON: " + oneLine(e.getOriginalMessage()) + at(e));
    } catch (IOException | RuntimeException e) {
      return new Parsed.Refused("no JSON: " + oneLine(String.valueOf(e.getMessage())));
    }
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static Number whole(JsonParser parser) throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? parser.getBigIntegerValue()
        : parser.getLongValue();
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (fields.containsKey(name)) {
        throw new IOException("the name '%s' stands twice in one object".formatted(name));
      }
      fields.put(name, value(parser, parser.nextToken()));
    }
    return fields;
  }

  private static Object array(JsonParser parser) throws IOException {
    double[] numbers = new double[16];
    int count = 0;
    JsonToken token = parser.nextToken();
    while (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = parser.getDoubleValue();
      token = parser.nextToken();
    }
    if (token == JsonToken.END_ARRAY) {
      return Arrays.copyOf(numbers, count);
    }
    List<@Nullable Object> mixed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      mixed.add(numbers[i]);
    }
    for (; token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      mixed.add(value(parser, token));
    }
    return mixed;
  }

  private static String at(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " (byte %d)".formatted(e.getLocation().getByteOffset());
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ");
  }
}
