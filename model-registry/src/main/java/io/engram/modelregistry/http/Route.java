package io.engram.modelregistry.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * One method on one path.
 *
 * @param template as in the OpenAPI document: {@code /v1/models/{model}}
 * @param changes whether it changes something, and so needs the token
 * @param maxBodyBytes longest body taken; that of the port where empty
 */
record Route(
    String method,
    String template,
    Function<Call, Answer> handler,
    boolean changes,
    OptionalInt maxBodyBytes) {

  /** One that changes something, unless it is a GET. */
  Route(String method, String template, Function<Call, Answer> handler) {
    this(method, template, handler, !method.equals("GET"), OptionalInt.empty());
  }

  /** What stands for the names in the template, if the path is one of this route's. */
  Optional<Map<String, String>> match(String rawPath) {
    String[] wanted = template.split("/", -1);
    String[] found = rawPath.split("/", -1);
    if (wanted.length != found.length) {
      return Optional.empty();
    }
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith("{")) {
        names.put(wanted[i].substring(1, wanted[i].length() - 1), Call.decode(found[i]));
      } else if (!wanted[i].equals(found[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(names);
  }
}
