package io.engram.experiments.lifelong;

import java.util.Locale;

/**
 * What one learner made of one seed's stream; one line of the file of runs.
 *
 * @param learner its name
 * @param settings all its hyper-parameters, as text
 * @param protocol label of the protocol
 * @param seed of stream, initial parameters and learner
 * @param tested digits in every task's test set
 * @param retained RA, percent
 * @param learning LA, percent
 * @param worstOld accuracy of the old task that came off worst, percent
 * @param averageMinimum mean over old tasks of the lowest accuracy at any tenth of the stream since, percent
 * @param forwardTransfer mean accuracy on a task before learning it, above that of the initial weights, percent
 * @param prequential accuracy on every example before learning it, percent
 * @param hindsight accuracy on the same examples when the stream is over, percent
 * @param seconds CPU seconds of learning, on one core
 */
record ProtocolScores(
    String learner,
    String settings,
    String protocol,
    long seed,
    int tested,
    double retained,
    double learning,
    double worstOld,
    double averageMinimum,
    double forwardTransfer,
    double prequential,
    double hindsight,
    double seconds) {

  /** BTI, percent. */
  double interference() {
    return retained - learning;
  }

  /** Whether it is what such a run came to, with the settings of today. */
  boolean isOf(Contestant contestant, Protocol stream, long ofSeed, int digits) {
    return learner.equals(contestant.label())
        && settings.equals(contestant.choose(stream).toString())
        && protocol.equals(stream.label)
        && seed == ofSeed
        && tested == digits;
  }

  /** In one line. */
  String inWords() {
    return String.format(
        Locale.ROOT,
        "%-18s %-17s seed %d  RA %.1f  LA %.1f  BTI %.1f  %.1f s of learning",
        protocol,
        learner,
        seed,
        retained,
        learning,
        interference(),
        seconds);
  }
}
