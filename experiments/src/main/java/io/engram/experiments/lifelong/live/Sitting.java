package io.engram.experiments.lifelong.live;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One exam of one published version; one line of the file of sittings.
 *
 * @param examinee whose version it is
 * @param exam 1, 2 …
 * @param tasks the version has learned from
 * @param version as the registry numbered it
 * @param prequential percent right of the tasks since the exam before, each scored before it was learned from
 * @param scores percent right of every question, by alphabet
 * @param adaptation to alphabets never seen; null where the plan asks for no curves
 */
record Sitting(
    @JsonUnwrapped Examinee examinee,
    int exam,
    long tasks,
    long version,
    double prequential,
    Map<String, double[]> scores,
    @Nullable AdaptationCurves adaptation) {

  /**
   * All that a sitting depends on.
   *
   * @param run the plan, the itinerary and the arm's settings, as text
   * @param arm its label
   * @param seed of the stream, the learner and the exam
   */
  record Examinee(String run, String arm, long seed) {}

  /** Scores of the questions about these alphabets, in a fixed order. */
  double[] about(Collection<String> alphabets) {
    return alphabets.stream()
        .sorted()
        .flatMapToDouble(alphabet -> Arrays.stream(scores.getOrDefault(alphabet, new double[0])))
        .toArray();
  }
}
