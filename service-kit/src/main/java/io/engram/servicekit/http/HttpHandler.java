package io.engram.servicekit.http;

import java.util.Optional;

/** What answers the requests of a port. Called by many threads. */
@FunctionalInterface
public interface HttpHandler {

  /**
   * Answers a request that is well formed and came to a host that is allowed.
   *
   * @throws HttpRefusal to say no
   */
  HttpAnswer answer(HttpRequest request);

  /** Whether a call is so cheap and so important that it is answered beyond the limit of calls: health. It has an end. */
  default boolean light(String path) {
    return false;
  }

  /** What a call hears for which there is no room, its body unread; 503 where empty. At once. */
  default Optional<HttpAnswer.Whole> crowded(String path) {
    return Optional.empty();
  }
}
