package io.engram.ingest.format.tree;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a tree. A node is a {@code Map}, {@link Named} or Avro record (fields by name); a {@code List} or {@code double[]} (elements);
 * text; a {@code Number}; a {@code Boolean}; an {@code Instant}, {@code LocalDate} or {@code LocalTime}; a {@code ByteBuffer}; or null.
 */
public final class Nodes {

  private static final int NAMES_SHOWN = 20;

  private Nodes() {}

  /** A field of a node; null where there is none. */
  public static @Nullable Object field(@Nullable Object node, String name) {
    if (node instanceof Map<?, ?> map) {
      Object direct = map.get(name);
      return direct != null ? direct : ofAvroMap(map, name);
    }
    if (node instanceof IndexedRecord record) {
      Schema.Field field = record.getSchema().getField(name);
      return field == null ? null : record.get(field.pos());
    }
    return node instanceof Named named ? named.field(name) : null;
  }

  /** Avro's maps have keys of its own kind of text. */
  private static @Nullable Object ofAvroMap(Map<?, ?> map, String name) {
    if (map.isEmpty() || map.keySet().iterator().next() instanceof String) {
      return null;
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (name.contentEquals((CharSequence) entry.getKey())) {
        return entry.getValue();
      }
    }
    return null;
  }

  /** An element of a node, counted from 0; null where there is none. */
  public static @Nullable Object element(@Nullable Object node, int index) {
    if (node instanceof double[] numbers) {
      return index < numbers.length ? numbers[index] : null;
    }
    return node instanceof List<?> list && index < list.size() ? list.get(index) : null;
  }

  /** Whether it has fields. */
  public static boolean hasFields(@Nullable Object node) {
    return node instanceof Map || node instanceof IndexedRecord || node instanceof Named;
  }

  /** Names of its fields, the first of them. */
  public static List<String> names(@Nullable Object node) {
    if (node instanceof Map<?, ?> map) {
      return map.keySet().stream().limit(NAMES_SHOWN).map(String::valueOf).toList();
    }
    if (node instanceof IndexedRecord record) {
      return record.getSchema().getFields().stream()
          .limit(NAMES_SHOWN)
          .map(Schema.Field::name)
          .toList();
    }
    return node instanceof Named named ? named.names() : List.of();
  }

  /** What a node is, in a few words. */
  public static String kind(@Nullable Object node) {
    if (node == null) {
      return "nothing";
    }
    if (hasFields(node)) {
      return "an object";
    }
    if (node instanceof List || node instanceof double[]) {
      return "an array";
    }
    if (node instanceof CharSequence text) {
      return "the text '%s'".formatted(text.length() <= 40 ? text : text.subSequence(0, 40) + "…");
    }
    if (node instanceof Number || node instanceof Boolean) {
      String text = node.toString();
      return text.length() <= 40 ? text : "a number of %d characters".formatted(text.length());
    }
    if (node instanceof java.nio.ByteBuffer bytes) {
      return bytes.remaining() + " bytes";
    }
    return node.toString();
  }
}
