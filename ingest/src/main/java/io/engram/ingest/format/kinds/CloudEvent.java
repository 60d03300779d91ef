package io.engram.ingest.format.kinds;

import io.engram.ingest.format.ExampleRecord;
import io.engram.ingest.format.tree.JsonTrees;
import io.engram.ingest.format.tree.Named;
import io.engram.ingest.format.tree.Nodes;
import io.engram.ingest.format.tree.Parsed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Opens CloudEvents: with their attributes in headers (binary mode) or in one JSON object (structured mode). */
final class CloudEvent {

  private static final String PREFIX = "ce_";
  private static final String VERSION = "specversion";
  private static final String CONTENT_TYPE = "content-type";
  private static final String EVENTS = "application/cloudevents";
  private static final List<String> ATTRIBUTES =
      List.of("id", "source", "type", "subject", "time", "partitionkey");

  private final Bodies bodies;

  CloudEvent(Bodies bodies) {
    this.bodies = bodies;
  }

  /** Whether its headers say that it is one. */
  static boolean headed(ExampleRecord record) {
    return record.headers().last(PREFIX + VERSION) != null
        || type(record, CONTENT_TYPE).startsWith(EVENTS);
  }

  /** Whether a tree is one. */
  static boolean is(@Nullable Object root) {
    return Nodes.field(root, VERSION) instanceof CharSequence
        && Nodes.field(root, "id") != null
        && Nodes.field(root, "source") != null
        && Nodes.field(root, "type") != null;
  }

  Opened open(ExampleRecord record) {
    byte[] value = record.value();
    if (value == null) {
      return Opened.refused("found no value (null), expected a CloudEvent");
    }
    if (record.headers().last(PREFIX + VERSION) != null) {
      return new Opened(data(record, value, type(record, CONTENT_TYPE)), attributes(record));
    }
    String type = type(record, CONTENT_TYPE);
    if (type.startsWith(EVENTS) && !type.startsWith(EVENTS + "+json")) {
      return Opened.refused("CloudEvents as %s, which are not read".formatted(shortened(type)));
    }
    Parsed parsed = Bodies.unread(value).orElseGet(() -> JsonTrees.read(value));
    return parsed instanceof Parsed.Tree tree ? structured(tree.root()) : Opened.bare(parsed);
  }

  /** The data of an event that is one JSON object. */
  Opened structured(@Nullable Object root) {
    if (!is(root)) {
      return Opened.refused(
          "no CloudEvent: neither a header ce_specversion nor an object with specversion, id, source and type");
    }
    Object base64 = Nodes.field(root, "data_base64");
    if (base64 instanceof String text) {
      return new Opened(decoded(text, String.valueOf(Nodes.field(root, "datacontenttype"))), root);
    }
    Object data = Nodes.field(root, "data");
    return data == null
        ? Opened.refused("the CloudEvent '%s' has no data".formatted(Nodes.field(root, "id")))
        : new Opened(new Parsed.Tree(data), root);
  }

  private static Parsed decoded(String base64, String type) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new Parsed.Refused("the CloudEvent's data_base64 is no base64");
    }
    return opaque(type) ? new Parsed.Tree(ByteBuffer.wrap(bytes)) : JsonTrees.read(bytes);
  }

  private Parsed data(ExampleRecord record, byte[] value, String type) {
    return opaque(type) ? new Parsed.Tree(ByteBuffer.wrap(value)) : bodies.read(record, Part.VALUE);
  }

  /** Data that are no fields but an image, say. */
  private static boolean opaque(String type) {
    return type.startsWith("image/") || type.startsWith("application/octet-stream");
  }

  private static Named attributes(ExampleRecord record) {
    return new Named() {
      @Override
      public @Nullable Object field(String name) {
        byte[] value = record.headers().last(PREFIX + name);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
      }

      @Override
      public List<String> names() {
        return ATTRIBUTES;
      }
    };
  }

  private static String type(ExampleRecord record, String header) {
    byte[] value = record.headers().last(header);
    return value == null
        ? ""
        : new String(value, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT).strip();
  }

  private static String shortened(String type) {
    return type.length() <= 60 ? type : type.substring(0, 60) + "…";
  }
}
