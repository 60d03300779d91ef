package io.engram.core.baseline;

/** Somebody with an answer to a task. Deterministic; what it answers depends on the task and on tasks it learned from before. */
public interface Expert {

  /** For tables and metrics, e.g. {@code support-mean}. */
  String name();

  /**
   * Answers for each query row.
   *
   * @return [queries × width] numbers, or a probability for each class
   */
  double[][] answer(Rows rows);

  /**
   * Learns from a task it has answered. Who is fitted on the support alone has nothing to learn.
   *
   * @param labels [queries × width] of the query rows
   */
  default void learn(Rows rows, double[][] labels) {}

  /**
   * Answers for each support row as if it had not been there.
   *
   * @return [support × width]; where there is but one row, the prior
   */
  default double[][] leaveOneOut(Rows rows) {
    int size = rows.support().length;
    double[][] answers = new double[size][];
    for (int i = 0; i < size; i++) {
      answers[i] = size == 1 ? rows.prior().clone() : answer(rows.without(i))[0];
    }
    return answers;
  }
}
