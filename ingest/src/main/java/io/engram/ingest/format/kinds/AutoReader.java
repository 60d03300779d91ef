package io.engram.ingest.format.kinds;

import io.engram.ingest.format.ExampleRecord;
import io.engram.ingest.format.tree.Parsed;

/** Tells record by record what it is: by its headers, then its first bytes, then its fields. */
final class AutoReader implements RecordReader {

  private final Bodies bodies;
  private final CloudEvent events;

  AutoReader(Bodies bodies) {
    this.bodies = bodies;
    this.events = new CloudEvent(bodies);
  }

  @Override
  public Opened open(ExampleRecord record) {
    if (record.value() == null) {
      return Opened.bare(Change.tombstone());
    }
    if (CloudEvent.headed(record)) {
      return events.open(record);
    }
    Parsed parsed = bodies.read(record, Part.VALUE);
    if (!(parsed instanceof Parsed.Tree tree)) {
      return Opened.bare(parsed);
    }
    if (CloudEvent.is(tree.root())) {
      return events.structured(tree.root());
    }
    return Change.is(tree.root()) || Change.connect(tree.root())
        ? Change.open(tree.root())
        : Opened.bare(parsed);
  }

  @Override
  public Parsed key(ExampleRecord record) {
    return ConnectKeys.read(bodies, record);
  }
}
