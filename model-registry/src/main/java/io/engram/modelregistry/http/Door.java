package io.engram.modelregistry.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a raw request to an answer: route, token, limits, errors, and one line in the log without secrets. */
final class Door {

  private static final Logger LOG = LoggerFactory.getLogger(Door.class);

  private final List<Route> routes;
  private final Token token;
  private final int maxBodyBytes;

  Door(List<Route> routes, Token token, int maxBodyBytes) {
    this.routes = routes;
    this.token = token;
    this.maxBodyBytes = maxBodyBytes;
  }

  Answer answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getRawPath();
    Answer answer;
    try {
      answer = answer(exchange, method, path);
    } catch (Problem problem) {
      answer = Answer.problem(problem);
      if (problem.status() == 401) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      }
    } catch (RuntimeException e) {
      // A mistake of ours: the client hears that it is one, the log hears what.
      LOG.error("{} {} failed", method, printable(path), e);
      answer = Answer.problem(new Problem(500, "Internal error", "see the registry's log"));
    }
    LOG.info(
        "{} {} {}",
        method,
        printable(path),
        answer instanceof Answer.Whole whole ? whole.status() : 200);
    return answer;
  }

  private Answer answer(HttpExchange exchange, String method, String path) throws IOException {
    boolean known = false;
    for (Route route : routes) {
      Optional<Map<String, String>> names = route.match(path);
      known |= names.isPresent();
      if (names.isPresent() && route.method().equals(method)) {
        return answer(exchange, route, names.get());
      }
    }
    throw known
        ? new Problem(405, "Method not allowed", method + " is not possible here")
        : Problem.notFound("there is nothing here; see /openapi.json");
  }

  private Answer answer(HttpExchange exchange, Route route, Map<String, String> names)
      throws IOException {
    if (route.changes() && !token.matches(exchange.getRequestHeaders().getFirst("Authorization"))) {
      throw new Problem(
          401, "Unauthorized", "this call needs the header 'Authorization: Bearer <token>'");
    }
    byte[] body = exchange.getRequestBody().readNBytes(maxBodyBytes + 1);
    if (body.length > maxBodyBytes) {
      throw new Problem(413, "Content too large", "a body has at most " + maxBodyBytes + " bytes");
    }
    Map<String, String> query = Call.parseQuery(exchange.getRequestURI().getRawQuery());
    return route.handler().apply(new Call(names, query, headers(exchange), body));
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!values.isEmpty()) {
                headers.put(name.toLowerCase(Locale.ROOT), values.get(0));
              }
            });
    return headers;
  }

  private static String printable(String path) {
    return path.length() > 200 ? path.substring(0, 200) + "…" : path;
  }
}
