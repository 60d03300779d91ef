package io.engram.cli.feed.kafka;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The header that says which record of the source a Kafka record is. */
final class SourceHeaders {

  static final String INDEX = "engram.source.index";

  private SourceHeaders() {}

  static void write(Headers headers, long index) {
    headers.add(INDEX, Long.toString(index).getBytes(StandardCharsets.UTF_8));
  }

  static OptionalLong read(Headers headers) {
    Header header = headers.lastHeader(INDEX);
    if (header == null || header.value() == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(new String(header.value(), StandardCharsets.UTF_8)));
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // somebody else's header
    }
  }
}
