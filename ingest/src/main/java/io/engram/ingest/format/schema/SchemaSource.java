package io.engram.ingest.format.schema;

/** Knows schemas by their ids. Thread-safe; answers within seconds, and never throws. */
@FunctionalInterface
public interface SchemaSource {

  /** The schema of an id. */
  Lookup find(SchemaId id);
}
