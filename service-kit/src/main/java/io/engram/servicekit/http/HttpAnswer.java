package io.engram.servicekit.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A response. */
public sealed interface HttpAnswer {

  /** Beside Content-Length, Connection and Date. */
  Map<String, String> headers();

  /** The status. */
  int status();

  /** Bytes that are there. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Whole(int status, Map<String, String> headers, byte[] body) implements HttpAnswer {

    /** The same with one more header. */
    public Whole with(String header, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(header, value);
      return new Whole(status, more, body);
    }
  }

  /** An answer of status 200 without end: what {@code body} writes until it returns or the client goes. */
  record Endless(Map<String, String> headers, Body body) implements HttpAnswer {
    @Override
    public int status() {
      return 200;
    }
  }

  /** Writes an endless answer. Each write must be taken within some seconds, or the connection is closed. */
  @FunctionalInterface
  interface Body {
    /**
     * Writes.
     *
     * @throws IOException when the client has gone
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /** A line of text. */
  static Whole text(int status, String body) {
    return new Whole(
        status,
        Map.of("Content-Type", "text/plain; charset=utf-8"),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
