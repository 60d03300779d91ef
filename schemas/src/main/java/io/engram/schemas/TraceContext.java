package io.engram.schemas;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose work a record belongs to, as W3C Trace Context says it (Recommendation of 2021-11-23). It goes from an example over its task, the
 * version that learned from it and the answer that was given; nothing is decided by it, and nothing of it is part of a learner's state.
 * What is malformed is dropped and never an error: strangers write headers.
 *
 * @param parent {@code 00-<trace id>-<span id>-<flags>}, 55 characters
 * @param state what tracing systems want kept beside it; may be empty
 * @param links parents of other traces that led here, the latest first; {@value #MOST_LINKS} at most
 */
public record TraceContext(String parent, String state, List<String> links) {

  /** Header of the parent, in Kafka and in HTTP. */
  public static final String PARENT = "traceparent";

  /** Header of the state, in Kafka and in HTTP. */
  public static final String STATE = "tracestate";

  /** Header of the links, parents with commas between them. Of Engram's own records alone. */
  public static final String LINKS = "engram.trace.links";

  /** The parent of an event that came as CloudEvents in binary mode, where there is no other. */
  private static final String CLOUD_EVENT_PARENT = "ce_traceparent";

  private static final String CLOUD_EVENT_STATE = "ce_tracestate";

  /** Links that are kept. */
  public static final int MOST_LINKS = 8;

  private static final int PARENT_LENGTH = 55;
  private static final int LONGEST = 512;
  private static final int TRACE_END = 35;
  private static final Pattern WELL_FORMED =
      Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  private static final Pattern MEMBERS =
      Pattern.compile("[\\x20-\\x7e&&[^,=]]+=[\\x20-\\x7e&&[^,=]]+(,[\\x20-\\x7e]*)?");

  public TraceContext {
    links = List.copyOf(links);
  }

  /** The headers of a record or a request. */
  @FunctionalInterface
  public interface Headers {

    /** The value of the last header of a name; null where there is none. */
    byte @Nullable [] last(String name);
  }

  /** What headers say; empty where they say nothing, or nothing that is well formed. */
  public static Optional<TraceContext> read(Headers headers) {
    byte[] own = headers.last(PARENT);
    byte[] found = own == null ? headers.last(CLOUD_EVENT_PARENT) : own;
    if (found == null) {
      return Optional.empty();
    }
    return parent(text(found))
        .map(
            parent ->
                new TraceContext(
                    parent,
                    state(text(headers.last(own == null ? CLOUD_EVENT_STATE : STATE))),
                    links(text(headers.last(LINKS)))));
  }

  /** A context of its parent alone; empty where that is malformed. */
  public static Optional<TraceContext> of(String parent) {
    return parent(parent).map(it -> new TraceContext(it, "", List.of()));
  }

  /**
   * Of what several records led to: the context of the last, with links to the traces of the others, the latest first.
   *
   * @param contexts in the order of their records; those without one are left out
   */
  public static Optional<TraceContext> closing(List<TraceContext> contexts) {
    if (contexts.isEmpty()) {
      return Optional.empty();
    }
    TraceContext last = contexts.get(contexts.size() - 1);
    Map<String, String> others = new LinkedHashMap<>();
    for (int i = contexts.size() - 2; i >= 0; i--) {
      link(others, last, contexts.get(i).parent());
    }
    for (int i = contexts.size() - 1; i >= 0; i--) {
      contexts.get(i).links().forEach(it -> link(others, last, it));
    }
    return Optional.of(new TraceContext(last.parent(), last.state(), List.copyOf(others.values())));
  }

  private static void link(Map<String, String> others, TraceContext last, String parent) {
    if (others.size() < MOST_LINKS && !traceId(parent).equals(last.traceId())) {
      others.putIfAbsent(traceId(parent), parent);
    }
  }

  /** Which trace it is, 32 hexadecimal digits. */
  public String traceId() {
    return traceId(parent);
  }

  /** The headers that say it. */
  public Map<String, byte[]> headers() {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    headers.put(PARENT, parent.getBytes(StandardCharsets.US_ASCII));
    if (!state.isEmpty()) {
      headers.put(STATE, state.getBytes(StandardCharsets.US_ASCII));
    }
    if (!links.isEmpty()) {
      headers.put(LINKS, String.join(",", links).getBytes(StandardCharsets.US_ASCII));
    }
    return headers;
  }

  private static String traceId(String parent) {
    return parent.substring(3, TRACE_END);
  }

  /** Of a later version of the specification what this one knows, as it asks for. */
  private static Optional<String> parent(String text) {
    boolean later = text.length() > PARENT_LENGTH;
    if (text.length() < PARENT_LENGTH
        || text.length() > LONGEST
        || (later && (text.startsWith("00") || text.charAt(PARENT_LENGTH) != '-'))) {
      return Optional.empty();
    }
    String known = text.substring(0, PARENT_LENGTH);
    return WELL_FORMED.matcher(known).matches()
        ? Optional.of("00" + known.substring(2))
        : Optional.empty();
  }

  private static String state(String text) {
    return text.length() <= LONGEST && MEMBERS.matcher(text).matches() ? text : "";
  }

  private static List<String> links(String text) {
    List<String> links = new ArrayList<>();
    if (text.length() <= MOST_LINKS * (PARENT_LENGTH + 1)) {
      for (String link : text.split(",", MOST_LINKS)) {
        parent(link).ifPresent(links::add);
      }
    }
    return links;
  }

  private static String text(byte @Nullable [] value) {
    return value == null || value.length > LONGEST
        ? ""
        : new String(value, StandardCharsets.ISO_8859_1);
  }
}
