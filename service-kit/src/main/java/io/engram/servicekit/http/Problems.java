package io.engram.servicekit.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/** What a refusal looks like: a problem as RFC 9457 has it. */
final class Problems {

  private Problems() {}

  static HttpAnswer.Whole of(HttpRefusal refusal) {
    String body =
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
            .formatted(
                HttpStatus.getMessage(refusal.status()),
                refusal.status(),
                quoted(String.valueOf(refusal.getMessage())));
    HttpAnswer.Whole answer =
        new HttpAnswer.Whole(
            refusal.status(),
            Map.of("Content-Type", "application/problem+json"),
            body.getBytes(StandardCharsets.UTF_8));
    return refusal.status() == 503 ? answer.with("Retry-After", "1") : answer;
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
  }
}
