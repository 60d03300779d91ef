package io.engram.ingest.format;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which format the examples have, and what is set about it.
 *
 * @param name of the format
 * @param options values of its keys, where they are not the defaults
 * @param others the same of further topics that examples come from, by the topics' names
 */
public record FormatChoice(
    String name, Map<String, String> options, Map<String, FormatChoice> others) {

  public FormatChoice {
    options = Map.copyOf(options);
    others = Map.copyOf(others);
  }

  /** Without further topics. */
  public FormatChoice(String name, Map<String, String> options) {
    this(name, options, Map.of());
  }

  /** The wire's own format. */
  public static FormatChoice avro() {
    return new FormatChoice(AvroFormat.NAME, Map.of());
  }

  /** The names of the further topics. */
  public SortedSet<String> topics() {
    return new TreeSet<>(others.keySet());
  }

  /** The choices of the further topics, in order of their names. */
  SortedMap<String, FormatChoice> inOrder() {
    return new TreeMap<>(others);
  }
}
