package io.engram.modelregistry.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One method on one path.
 *
 * @param template as in the OpenAPI document: {@code /v1/models/{model}}
 */
record Route(String method, String template, Function<Call, Answer> handler) {

  /** Whether it changes something, and so needs the token. */
  boolean changes() {
    return !method.equals("GET");
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
