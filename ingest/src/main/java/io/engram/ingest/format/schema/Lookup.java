package io.engram.ingest.format.schema;

/** What came of asking for a schema. */
public sealed interface Lookup {

  /** It is known; what it says never changes. */
  record Found(WriterSchema schema) implements Lookup {}

  /**
   * There is no such schema.
   *
   * @param reason who says so
   */
  record Unknown(String reason) implements Lookup {}

  /**
   * Nobody can say: whoever knows does not answer.
   *
   * @param reason who, and what happened
   */
  record NotNow(String reason) implements Lookup {}
}
