package io.engram.predict;

import io.engram.predict.domain.KeyScores;
import java.util.List;

/**
 * What became of the questions, over the partitions this process has; committed with the work it counts.
 *
 * @param answered questions with an answer
 * @param unanswerable questions with the reason why there is none
 * @param waiting questions that wait for a version
 * @param scored answers whose label has come
 * @param score mean score of those; NaN while there is none
 * @param simple what the key's commonest class, or mean, would have got, of those where it is known; NaN while there is none
 * @param besideSimple mean score of the answers of the same questions
 * @param behind the keys whose answers were the furthest behind the simple thing's, since this process has them; at most {@link #MOST_BEHIND}
 */
public record PredictStatus(
    long answered,
    long unanswerable,
    long waiting,
    long scored,
    double score,
    double simple,
    double besideSimple,
    List<KeyScores.Behind> behind) {

  public PredictStatus {
    behind = List.copyOf(behind);
  }

  /** So many keys are named. */
  static final int MOST_BEHIND = 10;

  /** Before the first question. */
  public static final PredictStatus NONE =
      new PredictStatus(0, 0, 0, 0, Double.NaN, Double.NaN, Double.NaN, List.of());

  /** Whether anybody has asked. */
  public boolean asked() {
    return answered + unanswerable + waiting > 0;
  }
}
