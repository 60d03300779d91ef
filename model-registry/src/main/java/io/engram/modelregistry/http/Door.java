package io.engram.modelregistry.http;

import io.engram.servicekit.http.HttpRefusal;
import io.engram.servicekit.http.HttpRequest;
import io.engram.servicekit.log.CountedLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a request to an answer: route, token, limits, errors, and one line in the log without secrets. */
final class Door {

  private static final Logger LOG = LoggerFactory.getLogger(Door.class);

  private final CountedLog log = CountedLog.to(LOG);
  private final List<Route> routes;
  private final Token token;
  private final int maxBodyBytes;

  Door(List<Route> routes, Token token, int maxBodyBytes) {
    this.routes = routes;
    this.token = token;
    this.maxBodyBytes = maxBodyBytes;
  }

  Answer answer(HttpRequest request) {
    Answer answer;
    try {
      answer = routed(request);
    } catch (Problem problem) {
      request.passOver();
      Answer.Whole said = Answer.problem(problem);
      answer = problem.status() == 401 ? said.with("WWW-Authenticate", "Bearer") : said;
    } catch (HttpRefusal refusal) {
      request.passOver();
      answer =
          Answer.problem(
              new Problem(refusal.status(), "Not taken", String.valueOf(refusal.getMessage())));
    } catch (RuntimeException e) {
      // A mistake of ours: the client hears that it is one, the log hears what.
      LOG.error("{} {} failed", request.method(), request.path(), e);
      answer = Answer.problem(new Problem(500, "Internal error", "see the registry's log"));
    }
    int status = answer instanceof Answer.Whole whole ? whole.status() : 200;
    log.info(
        request.method() + " answered with " + status,
        "{} {} {}",
        request.method(),
        request.path(),
        status);
    return answer;
  }

  private Answer routed(HttpRequest request) {
    boolean known = false;
    for (Route route : routes) {
      Optional<Map<String, String>> names = route.match(request.path());
      known |= names.isPresent();
      if (names.isPresent() && route.method().equals(request.method())) {
        return answer(request, route, names.get());
      }
    }
    throw known
        ? new Problem(405, "Method not allowed", request.method() + " is not possible here")
        : Problem.notFound("there is nothing here; see /openapi.json");
  }

  private Answer answer(HttpRequest request, Route route, Map<String, String> names) {
    if (route.changes() && !token.matches(request.header("authorization").orElse(null))) {
      throw new Problem(
          401, "Unauthorized", "this call needs the header 'Authorization: Bearer <token>'");
    }
    for (String condition : List.of("if-match", "if-none-match")) {
      request.header(condition).ifPresent(it -> EntityTag.requireWellFormed(condition, it));
    }
    byte[] body = request.body(route.maxBodyBytes().orElse(maxBodyBytes));
    Map<String, String> query = Call.parseQuery(request.query());
    return route.handler().apply(new Call(names, query, request.headers(), body));
  }
}
