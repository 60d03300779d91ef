package io.engram.ingest.format.schema;

/** What a registry answered to one question. */
sealed interface RegistryAnswer {

  /**
   * A text.
   *
   * @param type what its header says about an artifact; empty where it says nothing
   */
  record Text(String body, String type) implements RegistryAnswer {}

  /** There is no such thing. */
  record Absent() implements RegistryAnswer {}

  /**
   * No answer that says anything about the thing.
   *
   * @param why what happened instead
   */
  record Failed(String why) implements RegistryAnswer {}
}
