package io.engram.ingest.format.kinds;

import io.engram.ingest.format.ExampleRecord;
import io.engram.ingest.format.schema.Schemas;
import io.engram.ingest.format.tree.Parsed;
import java.util.Map;

/**
 * Changes of a table as Debezium writes them, in JSON or with a registry's frame, with or without envelope: each row as it is after the change.
 * Public because it is found by its name.
 */
public final class DebeziumFormat extends MappedFormat {

  public DebeziumFormat() {
    super("debezium", Schemas.KEYS);
  }

  @Override
  RecordReader reader(Map<String, String> options) {
    Bodies bodies = new Bodies(Schemas.of(options));
    return new RecordReader() {
      @Override
      public Opened open(ExampleRecord record) {
        if (record.value() == null) {
          return Opened.bare(Change.tombstone());
        }
        Parsed parsed = bodies.read(record, Part.VALUE);
        return parsed instanceof Parsed.Tree tree ? Change.open(tree.root()) : Opened.bare(parsed);
      }

      @Override
      public Parsed key(ExampleRecord record) {
        return ConnectKeys.read(bodies, record);
      }
    };
  }
}
