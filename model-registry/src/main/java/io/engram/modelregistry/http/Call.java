package io.engram.modelregistry.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.engram.schemas.TraceContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request after routing.
 *
 * @param path what stands for the names in the route's template
 * @param query the query string's parameters
 * @param headers first value of each header, names in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Call(
    Map<String, String> path, Map<String, String> query, Map<String, String> headers, byte[] body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What stands for a name in the route's template. */
  String path(String name) {
    String found = path.get(name);
    if (found == null) {
      throw new IllegalStateException("the route has no '" + name + "'");
    }
    return found;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Whose work it is part of. */
  Optional<TraceContext> trace() {
    return TraceContext.read(
        name -> {
          String value = headers.get(name);
          return value == null ? null : value.getBytes(StandardCharsets.ISO_8859_1);
        });
  }

  /** A whole number of the query string within bounds. */
  long query(String name, long otherwise, long least, long most) {
    String text = query.get(name);
    return text == null ? otherwise : number(name, text, least, most);
  }

  /** A text of the query string that must be there. */
  String query(String name) {
    String text = query.get(name);
    if (text == null) {
      throw Problem.invalid("the query parameter '" + name + "' is missing");
    }
    return text;
  }

  /** The body as a JSON object without members other than these; missing where the body is empty. */
  JsonNode object(Set<String> members) {
    if (body.length == 0) {
      return MissingNode.getInstance();
    }
    JsonNode json;
    try {
      json = JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw Problem.invalid("the body is no JSON: " + e.getOriginalMessage());
    }
    if (!json.isObject()) {
      throw Problem.invalid("the body must be a JSON object, found " + json.getNodeType());
    }
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!members.contains(name)) {
                throw Problem.invalid(
                    "unknown member '%s'; known: %s"
                        .formatted(name, members.stream().sorted().toList()));
              }
            });
    return json;
  }

  static OptionalLong number(JsonNode object, String name) {
    JsonNode found = object.path(name);
    if (found.isMissingNode() || found.isNull()) {
      return OptionalLong.empty();
    }
    if (!found.canConvertToLong() || !found.isIntegralNumber()) {
      throw Problem.invalid("'%s' must be a whole number, found %s".formatted(name, found));
    }
    return OptionalLong.of(found.longValue());
  }

  static String text(JsonNode object, String name, String otherwise) {
    JsonNode found = object.path(name);
    if (found.isMissingNode() || found.isNull()) {
      return otherwise;
    }
    if (!found.isTextual()) {
      throw Problem.invalid("'%s' must be a text, found %s".formatted(name, found));
    }
    return found.textValue();
  }

  static long number(String name, String text, long least, long most) {
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw Problem.invalid("'%s' must be a whole number, found '%s'".formatted(name, text));
    }
    throw Problem.invalid("'%s' must be %d to %d, found %s".formatted(name, least, most, text));
  }

  static Map<String, String> parseQuery(@Nullable String raw) {
    Map<String, String> query = new HashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        query.put(
            decode(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  static String decode(String raw) {
    try {
      return URLDecoder.decode(raw, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("'%s' is not a valid URL encoding".formatted(raw));
    }
  }
}
