package io.engram.schemas;

/**
 * Bad data, as a value: what was wrong with a record, and where it came from.
 *
 * @param category one of a few words to count by, e.g. {@code undecodable}
 * @param reason a sentence for a person: what was found and what was expected
 * @param source where the record stood
 */
public record Rejected(String category, String reason, Source source) {

  /** Where a rejected record stood. */
  public sealed interface Source {

    /** On a topic. */
    record Log(String topic, int partition, long offset) implements Source {}

    /**
     * In a file.
     *
     * @param row counted from 1, the header line included
     */
    record File(String file, long row) implements Source {}
  }
}
