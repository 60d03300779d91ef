package io.engram.core.task;

import java.util.List;

/**
 * A task as it arrived: examples of one key, split into support and query.
 *
 * @param id unique
 * @param key the tenant, user, device … it came from
 * @param classes names of the classes in the order of the target indices; empty for regression
 * @param support what came first
 * @param query what is to be predicted
 * @param closedAt event time of its last example, milliseconds since the epoch
 */
public record Task(
    String id,
    String key,
    List<String> classes,
    ExampleSet support,
    ExampleSet query,
    long closedAt) {

  public Task {
    classes = List.copyOf(classes);
  }

  /** Whether its targets are classes rather than values. */
  public boolean classification() {
    return !classes.isEmpty();
  }

  /** Number of examples, support and query together. */
  public int examples() {
    return support.size() + query.size();
  }
}
