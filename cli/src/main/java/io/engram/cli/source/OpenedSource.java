package io.engram.cli.source;

import java.util.Map;

/**
 * A source, with what its data asks of the other parts.
 *
 * @param suggestions by full key; whatever the user says wins
 */
public record OpenedSource(ExampleSource source, Map<String, Suggestion> suggestions) {

  public OpenedSource {
    suggestions = Map.copyOf(suggestions);
  }

  /**
   * A value for a key of another part.
   *
   * @param because where it came from, to be shown beside it
   */
  public record Suggestion(Object value, String because) {

    /** For {@code ingest.grouping.size}: a task is a session. */
    public static Suggestion sessionSize(int examples) {
      return new Suggestion(examples, "size of the source's sessions");
    }
  }
}
