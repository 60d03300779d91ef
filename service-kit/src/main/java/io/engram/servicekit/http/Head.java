package io.engram.servicekit.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the body.
 *
 * @param path as sent, percent-encoded
 * @param query as sent, without the question mark; null where there is none
 * @param modern HTTP/1.1 rather than 1.0
 * @param headers values in their order, by name in lower case
 */
record Head(
    String method,
    String path,
    @Nullable String query,
    boolean modern,
    Map<String, List<String>> headers) {

  /** The only value of a header. */
  Optional<String> only(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw HttpRefusal.malformed("the header '%s' stands there more than once".formatted(name));
    }
    return values.stream().findFirst();
  }

  /** Bytes of the body: what cannot be told two ways. */
  long length() {
    Optional<String> length = only("content-length");
    if (headers.containsKey("transfer-encoding")) {
      if (length.isPresent()) {
        throw HttpRefusal.malformed("Content-Length and Transfer-Encoding exclude each other");
      }
      throw new HttpRefusal(411, "a body needs a Content-Length; Transfer-Encoding is not taken");
    }
    if (length.isEmpty()) {
      return 0;
    }
    if (!length.get().matches("\\d{1,18}")) {
      throw HttpRefusal.malformed("Content-Length is no number of bytes");
    }
    return Long.parseLong(length.get());
  }

  /** Whether the connection can carry another request after this one. */
  boolean keepsAlive() {
    return modern
        && headers.getOrDefault("connection", List.of()).stream()
            .noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("close"));
  }
}
