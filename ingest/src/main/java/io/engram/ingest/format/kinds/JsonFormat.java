package io.engram.ingest.format.kinds;

import io.engram.ingest.format.ExampleRecord;
import io.engram.ingest.format.tree.JsonTrees;
import io.engram.ingest.format.tree.Parsed;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain JSON: the value is one JSON text. Public because it is found by its name. */
public final class JsonFormat extends MappedFormat {

  public JsonFormat() {
    super("json", List.of());
  }

  @Override
  RecordReader reader(Map<String, String> options) {
    return new RecordReader() {
      @Override
      public Opened open(ExampleRecord record) {
        return Opened.bare(read(record.value(), "value"));
      }

      @Override
      public Parsed key(ExampleRecord record) {
        return read(record.key(), "key");
      }
    };
  }

  private static Parsed read(byte @Nullable [] bytes, String what) {
    if (bytes == null || bytes.length == 0) {
      return new Parsed.Refused("the record has no %s, expected JSON".formatted(what));
    }
    return Bodies.unread(bytes).orElseGet(() -> JsonTrees.read(bytes));
  }
}
