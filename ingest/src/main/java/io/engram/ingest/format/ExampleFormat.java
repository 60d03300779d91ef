package io.engram.ingest.format;

import java.util.List;
import java.util.Map;

/**
 * A kind of example format, found by {@link java.util.ServiceLoader}: it says what it is called and what can be set, and opens decoders.
 * Stateless and thread-safe; has a public constructor without parameters.
 */
public interface ExampleFormat {

  /** The name in configuration files, e.g. {@code avro}. */
  String name();

  /** What can be set, below {@code ingest.examples.format-options}; no other key ever reaches {@link #open}. */
  List<FormatKey> keys();

  /**
   * Opens a decoder.
   *
   * @param options a value for every one of {@link #keys}: the user's, or its default
   * @throws IllegalArgumentException if a value is not allowed; the message says which, what was found and what is allowed
   */
  ExampleDecoder open(Map<String, String> options);
}
