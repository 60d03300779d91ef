package io.engram.ingest.format.schema;

import io.engram.ingest.format.tree.AvroTrees;

/** What a schema says about the bytes of a record. */
public sealed interface WriterSchema {

  /** They are Avro's binary encoding. */
  record Avro(AvroTrees trees) implements WriterSchema {}

  /** They are JSON. Whether it keeps to its schema is its writer's to see to. */
  record Json() implements WriterSchema {}

  /**
   * They cannot be read.
   *
   * @param why e.g. that they are Protobuf
   */
  record Unreadable(String why) implements WriterSchema {}
}
