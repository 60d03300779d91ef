package io.engram.modelregistry.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A response. */
sealed interface Answer {

  /**
   * Bytes that are there.
   *
   * @param headers beside Content-Length
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Whole(int status, Map<String, String> headers, byte[] body) implements Answer {

    Whole with(String header, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(header, value);
      return new Whole(status, more, body);
    }
  }

  /** Server-sent events, until the client goes. */
  record Events(long after) implements Answer {}

  /** The state of the roles as server-sent events, until the client goes. */
  record Statuses() implements Answer {}

  ObjectMapper JSON =
      new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, false);

  static Whole json(Object view) {
    return json(200, "application/json", view);
  }

  static Whole problem(Problem problem) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("type", "about:blank");
    view.put("title", problem.title());
    view.put("status", problem.status());
    view.put("detail", problem.detail());
    return json(problem.status(), "application/problem+json", view);
  }

  static Whole bytes(int status, String type, byte[] body) {
    return new Whole(status, Map.of("Content-Type", type), body);
  }

  private static Whole json(int status, String type, Object view) {
    try {
      return bytes(status, type, JSON.writeValueAsString(view).getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a view cannot be written as JSON: " + view.getClass(), e);
    }
  }
}
