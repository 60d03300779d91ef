package io.engram.ingest.format.kinds;

import io.engram.ingest.format.ExampleRecord;
import io.engram.ingest.format.tree.Parsed;

/** Makes trees of records: the half of a format that is its own. Thread-safe. */
interface RecordReader {

  /** The record's data, and what its envelope says. */
  Opened open(ExampleRecord record);

  /** The tree of the record's key. */
  Parsed key(ExampleRecord record);
}
