package io.engram.schemas.kafka;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The record that says that a source has ended: no key, an empty value, and one header with the number of records that the source had in
 * all. It stands behind them in every partition of {@code examples}, and behind the tasks they became in every partition of {@code tasks}.
 */
public final class EndOfSource {

  /** The header. */
  public static final String RECORDS = "engram.source.end";

  private EndOfSource() {}

  /** An empty value: a program that does not know such records refuses it as no task. */
  public static byte[] value() {
    return new byte[0];
  }

  /** Adds the header. */
  public static void write(Headers headers, long records) {
    headers.add(RECORDS, Long.toString(records).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * How many records the source had in all; empty for any other record, one with a key or a value among them: whoever adds the header to an
   * example of theirs has sent an example.
   */
  public static OptionalLong read(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    if (key != null || (value != null && value.length > 0)) {
      return OptionalLong.empty();
    }
    Header header = headers.lastHeader(RECORDS);
    if (header == null || header.value() == null) {
      return OptionalLong.empty();
    }
    String text = new String(header.value(), StandardCharsets.UTF_8);
    return text.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty(); // somebody else's header
  }
}
