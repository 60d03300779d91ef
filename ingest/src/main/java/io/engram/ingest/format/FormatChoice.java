package io.engram.ingest.format;

import java.util.Map;

/**
 * Which format the examples have, and what is set about it.
 *
 * @param name of the format
 * @param options values of its keys, where they are not the defaults
 */
public record FormatChoice(String name, Map<String, String> options) {

  public FormatChoice {
    options = Map.copyOf(options);
  }

  /** The wire's own format. */
  public static FormatChoice avro() {
    return new FormatChoice(AvroFormat.NAME, Map.of());
  }
}
