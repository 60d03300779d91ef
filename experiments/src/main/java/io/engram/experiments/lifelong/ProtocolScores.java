package io.engram.experiments.lifelong;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Locale;

/**
 * What one learner made of one seed's stream; one line of the file of runs, all of it side by side.
 *
 * @param trial what was run
 * @param accuracies what was measured
 * @param seconds CPU seconds of learning, on one core
 */
record ProtocolScores(
    @JsonUnwrapped Trial trial, @JsonUnwrapped Accuracies accuracies, double seconds) {

  /**
   * All that the scores depend on.
   *
   * @param learner its name
   * @param settings all its hyper-parameters, as text
   * @param protocol label of the protocol
   * @param seed of stream, initial parameters and learner
   * @param tested digits in every task's test set
   */
  record Trial(String learner, String settings, String protocol, long seed, int tested) {

    /** Whether it is such a run, with the settings of today. */
    boolean isOf(Contestant contestant, Protocol stream, long ofSeed, int digits) {
      return learner.equals(contestant.label())
          && settings.equals(contestant.choose(stream).toString())
          && protocol.equals(stream.label)
          && seed == ofSeed
          && tested == digits;
    }
  }

  /**
   * All in percent.
   *
   * @param retained RA
   * @param learning LA
   * @param worstOld accuracy of the old task that came off worst
   * @param averageMinimum mean over old tasks of the lowest accuracy at any tenth of the stream since
   * @param forwardTransfer mean accuracy on a task before learning it, above that of the initial weights
   * @param prequential accuracy on every example before learning it
   * @param hindsight accuracy on the same examples when the stream is over
   */
  record Accuracies(
      double retained,
      double learning,
      double worstOld,
      double averageMinimum,
      double forwardTransfer,
      double prequential,
      double hindsight) {

    /** BTI. */
    double interference() {
      return retained - learning;
    }
  }

  /** In one line. */
  String inWords() {
    return String.format(
        Locale.ROOT,
        "%-18s %-17s seed %d  RA %.1f  LA %.1f  BTI %.1f  %.1f s of learning",
        trial.protocol,
        trial.learner,
        trial.seed,
        accuracies.retained,
        accuracies.learning,
        accuracies.interference(),
        seconds);
  }
}
