package io.engram.schemas.kafka;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The header that says which record of the source a Kafka record is, by which a source goes on where it was. */
public final class SourceIndex {

  /** By which a source knows that the index is its own. */
  public static final String SEAL = "engram.source.seal";

  /** The header. */
  public static final String INDEX = "engram.source.index";

  private SourceIndex() {}

  /** Adds the header. */
  public static void write(Headers headers, long index) {
    headers.add(INDEX, Long.toString(index).getBytes(StandardCharsets.UTF_8));
  }

  /** Adds the headers as they stand on another record, if they do. */
  public static void copy(Headers from, Headers to) {
    for (String name : new String[] {INDEX, SEAL}) {
      Header header = from.lastHeader(name);
      if (header != null) {
        to.add(header);
      }
    }
  }

  /** The index; empty where a record came from no source. */
  public static OptionalLong read(Headers headers) {
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
