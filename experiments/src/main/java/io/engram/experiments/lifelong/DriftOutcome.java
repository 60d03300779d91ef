package io.engram.experiments.lifelong;

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
 * @param all right of all
 * @param omniglot right of the characters; NaN if there were none
 * @param mnist right of the digits; NaN if there were none
 */
record DriftOutcome(
    String learner,
    String settings,
    double stay,
    long seed,
    int steps,
    int pretraining,
    double all,
    double omniglot,
    double mnist) {

  /** In one line. */
  String inWords() {
    return String.format(
        Locale.ROOT,
        "drift %.2f  %-11s seed %d  all %.1f  Omniglot %.1f  MNIST %.1f  %s",
        stay,
        learner,
        seed,
        all,
        omniglot,
        mnist,
        settings);
  }
}
