package io.engram.ingest.format.kinds;

import io.engram.ingest.format.ExampleRecord;
import io.engram.ingest.format.tree.Nodes;
import io.engram.ingest.format.tree.Parsed;

/** Reads keys as Kafka Connect writes them: with its envelope or without. */
final class ConnectKeys {

  private ConnectKeys() {}

  static Parsed read(Bodies bodies, ExampleRecord record) {
    Parsed parsed = bodies.read(record, Part.KEY);
    return parsed instanceof Parsed.Tree tree && Change.connect(tree.root())
        ? new Parsed.Tree(Nodes.field(tree.root(), "payload"))
        : parsed;
  }
}
