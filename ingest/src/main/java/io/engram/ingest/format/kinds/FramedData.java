package io.engram.ingest.format.kinds;

import io.engram.ingest.format.schema.Lookup;
import io.engram.ingest.format.schema.SchemaSource;
import io.engram.ingest.format.schema.WriterSchema;
import io.engram.ingest.format.tree.JsonTrees;
import io.engram.ingest.format.tree.Parsed;

/** Reads data whose schema a frame names. */
final class FramedData {

  private final SchemaSource schemas;

  FramedData(SchemaSource schemas) {
    this.schemas = schemas;
  }

  Parsed read(byte[] bytes, Frame frame) {
    Lookup lookup = schemas.find(frame.id());
    if (lookup instanceof Lookup.NotNow down) {
      return new Parsed.NotNow("%s: %s".formatted(frame.id(), down.reason()));
    }
    if (lookup instanceof Lookup.Unknown unknown) {
      return new Parsed.Refused("%s: %s".formatted(frame.whose(), unknown.reason()));
    }
    WriterSchema schema = ((Lookup.Found) lookup).schema();
    int length = bytes.length - frame.from();
    if (schema instanceof WriterSchema.Avro avro) {
      return named(frame, avro.trees().read(bytes, frame.from(), length));
    }
    return schema instanceof WriterSchema.Unreadable unreadable
        ? new Parsed.Refused(
            "%s with %s: %s".formatted(frame.whose(), frame.id(), unreadable.why()))
        : named(frame, JsonTrees.read(bytes, frame.from(), length));
  }

  private static Parsed named(Frame frame, Parsed parsed) {
    return parsed instanceof Parsed.Refused refused
        ? new Parsed.Refused("%s: %s".formatted(frame.id(), refused.reason()))
        : parsed;
  }
}
