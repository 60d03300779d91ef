package io.engram.ingest.format.kinds;

import io.engram.ingest.format.schema.Schemas;
import java.util.Map;

/** Avro or JSON with the frame of Confluent's serializers. Public because it is found by its name. */
public final class ConfluentFormat extends MappedFormat {

  public ConfluentFormat() {
    super("confluent", Schemas.KEYS);
  }

  @Override
  RecordReader reader(Map<String, String> options) {
    return new FramedReader(
        "Confluent's frame (00 and a schema's id in 4 bytes, or the header __value_schema_id)",
        requireSchemas(options),
        Frame::confluent);
  }
}
