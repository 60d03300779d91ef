package io.engram.ingest.format;

import java.util.Map;

/** Reads the records of each topic in the format of that topic. */
final class ByTopic implements ExampleDecoder {

  private final ExampleDecoder own;
  private final Map<String, ExampleDecoder> others;

  /**
   * @param own of all topics but the others
   */
  ByTopic(ExampleDecoder own, Map<String, ExampleDecoder> others) {
    this.own = own;
    this.others = Map.copyOf(others);
  }

  @Override
  public Decoded decode(ExampleRecord record) {
    return others.getOrDefault(record.place().topic(), own).decode(record);
  }
}
