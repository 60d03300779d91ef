package io.engram.core.task;

/**
 * One visit to a task: a support set to adapt on and a query set to be judged on, with this visit's own labels,
 * order and seed. A task that is replayed ten times gives ten episodes.
 *
 * @param support what the inner loop learns from
 * @param query what the adapted parameters are judged on; may be empty of examples where only adaptation is wanted
 * @param seed source of all randomness inside the visit (order of mini-batches); derived, never ambient
 */
public record Episode(ExampleSet support, ExampleSet query, long seed) {

  public Episode {
    if (support.size() == 0) {
      throw new IllegalArgumentException("an episode needs at least 1 support example");
    }
    if (support.inputSize() != query.inputSize()) {
      throw new IllegalArgumentException(
          "support examples have %d inputs, query examples %d"
              .formatted(support.inputSize(), query.inputSize()));
    }
  }
}
