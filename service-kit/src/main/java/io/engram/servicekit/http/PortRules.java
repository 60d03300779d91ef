package io.engram.servicekit.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all connections of a port have in common. */
record PortRules(
    HttpHandler handler,
    AllowedHosts hosts,
    HttpLimits limits,
    Turnstile calls,
    Turnstile streams,
    Optional<SSLContext> tls) {

  private static final Logger LOG = LoggerFactory.getLogger(PortRules.class);

  /** Until a request must be there, whole. */
  Duration longestWait() {
    return limits.idle().plus(limits.request());
  }

  /** What the handler says; a mistake of ours is 500, and the log hears what. */
  HttpAnswer answer(HttpRequest request) {
    try {
      return handler.answer(request);
    } catch (HttpRefusal | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", request.method(), request.path(), e);
      throw new HttpRefusal(500, "a mistake of the server's; its log says more");
    }
  }

  /** The same socket, spoken to with TLS where there is TLS. */
  Socket secure(Socket plain) throws IOException {
    if (tls.isEmpty()) {
      return plain;
    }
    Socket secured =
        tls.get()
            .getSocketFactory()
            .createSocket(plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
    ((SSLSocket) secured).setUseClientMode(false);
    return secured;
  }
}
