package io.engram.servicekit.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes answers. */
final class AnswerWriter {

  private static final int STREAM_BUFFER = 8 * 1024;
  private static final int LONG_BODY = 16 * 1024;

  private static final Map<Integer, String> TITLES =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(206, "Partial Content"),
          Map.entry(304, "Not Modified"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(408, "Request Timeout"),
          Map.entry(409, "Conflict"),
          Map.entry(410, "Gone"),
          Map.entry(411, "Length Required"),
          Map.entry(412, "Precondition Failed"),
          Map.entry(413, "Content Too Large"),
          Map.entry(416, "Range Not Satisfiable"),
          Map.entry(421, "Misdirected Request"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(505, "HTTP Version Not Supported"));

  private AnswerWriter() {}

  /** What a refusal looks like: a problem as RFC 9457 has it. */
  static HttpAnswer.Whole problem(HttpRefusal refusal) {
    String body =
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
            .formatted(
                title(refusal.status()),
                refusal.status(),
                quoted(String.valueOf(refusal.getMessage())));
    HttpAnswer.Whole answer =
        new HttpAnswer.Whole(
            refusal.status(),
            Map.of("Content-Type", "application/problem+json"),
            body.getBytes(StandardCharsets.UTF_8));
    return refusal.status() == 503 ? answer.with("Retry-After", "1") : answer;
  }

  /** Head and body in one write, unless the body is long: most answers are one packet. */
  static void write(OutputStream out, HttpAnswer.Whole answer, boolean keepAlive)
      throws IOException {
    Map<String, String> headers = new LinkedHashMap<>(answer.headers());
    if (answer.status() != 304) {
      headers.put("Content-Length", String.valueOf(answer.body().length));
    }
    headers.put("Connection", keepAlive ? "keep-alive" : "close");
    byte[] head = head(answer.status(), headers);
    if (answer.body().length > LONG_BODY) {
      out.write(head);
      out.write(answer.body());
      out.flush();
      return;
    }
    byte[] all = new byte[head.length + answer.body().length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(answer.body(), 0, all, head.length, answer.body().length);
    out.write(all);
    out.flush();
  }

  /** Until the body ends; the end of the connection is the end of the answer. */
  static void write(OutputStream out, HttpAnswer.Endless answer) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>(answer.headers());
    headers.put("Connection", "close");
    out.write(head(answer.status(), headers));
    out.flush();
    OutputStream buffered = new BufferedOutputStream(out, STREAM_BUFFER);
    answer.body().writeTo(buffered);
    buffered.flush();
  }

  private static byte[] head(int status, Map<String, String> headers) {
    StringBuilder head = new StringBuilder();
    head.append("HTTP/1.1 ").append(status).append(' ').append(title(status)).append("\r\n");
    head.append("Date: ")
        .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)))
        .append("\r\nX-Content-Type-Options: nosniff\r\n");
    headers.forEach(
        (name, value) -> head.append(name).append(": ").append(oneLine(value)).append("\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A value with a line break would begin a header of its own. */
  private static String oneLine(String value) {
    return value.replaceAll("\\p{Cntrl}", " ");
  }

  private static String title(int status) {
    return TITLES.getOrDefault(status, "Status " + status);
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
  }
}
