package io.engram.cli.source;

import io.engram.core.kind.Kind;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.kind.Values;
import java.util.Map;
import java.util.Optional;

/**
 * A source as it is offered to a configuration: {@code engram run --source NAME} finds it by its name, and its keys stand in section {@code
 * source.NAME}, each with its meaning.
 */
public interface SourceKind extends Kind {

  /**
   * What this source wants of the other parts where the user says nothing: values by full key, such as {@code learner.zero-head}. It lies
   * under everything that the user says.
   */
  default Map<String, Object> preset() {
    return Map.of();
  }

  /**
   * Why its labels are no classes, which continual learners need; empty if they are.
   *
   * @throws OutOfBounds if a value is not what it should be
   */
  default Optional<String> withoutClasses(Values values) {
    return Optional.empty();
  }

  /**
   * Opens the source.
   *
   * @throws OutOfBounds if a value of its own keys is not what it should be
   * @throws IllegalArgumentException if values cannot be used; the message begins with the key
   * @throws SourceException if the data is not there or cannot be used
   */
  OpenedSource open(SourceRequest request);
}
