package io.engram.ingest.format.kinds;

import io.engram.ingest.format.ExampleRecord;
import io.engram.ingest.format.schema.Schemas;
import io.engram.ingest.format.tree.Parsed;
import java.util.Map;

/** CloudEvents 1.0 over Kafka, binary and structured. Public because it is found by its name. */
public final class CloudEventsFormat extends MappedFormat {

  public CloudEventsFormat() {
    super("cloudevents", Schemas.KEYS);
  }

  @Override
  RecordReader reader(Map<String, String> options) {
    Bodies bodies = new Bodies(Schemas.of(options));
    CloudEvent events = new CloudEvent(bodies);
    return new RecordReader() {
      @Override
      public Opened open(ExampleRecord record) {
        return events.open(record);
      }

      @Override
      public Parsed key(ExampleRecord record) {
        return bodies.read(record, Part.KEY);
      }
    };
  }
}
