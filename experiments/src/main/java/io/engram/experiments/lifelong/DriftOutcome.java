package io.engram.experiments.lifelong;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Locale;

/**
 * What one learner made of one drifting stream; one line of the file of runs. Shares are of examples predicted before they were learned, in
 * percent.
 *
 * @param learner its name
 * @param settings all its hyper-parameters, as text
 * @param stay probability that a task stays
 * @param seed of stream, initial parameters, pre-training and learner
 * @param steps of the stream
 * @param pretraining tasks that θ was trained on before; 0 for none
 * @param shares what it had right
 */
record DriftOutcome(
    String learner,
    String settings,
    double stay,
    long seed,
    int steps,
    int pretraining,
    @JsonUnwrapped Shares shares) {

  /**
   * Right ones, in percent.
   *
   * @param all of all
   * @param omniglot of the characters; NaN if there were none
   * @param mnist of the digits; NaN if there were none
   */
  record Shares(double all, double omniglot, double mnist) {}

  /** In one line. */
  String inWords() {
    return String.format(
        Locale.ROOT,
        "drift %.2f  %-11s seed %d  all %.1f  Omniglot %.1f  MNIST %.1f  %s",
        stay,
        learner,
        seed,
        shares.all,
        shares.omniglot,
        shares.mnist,
        settings);
  }
}
