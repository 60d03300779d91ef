package io.engram.predict;

import static io.engram.servicekit.metrics.Metric.gauge;

import io.engram.servicekit.metrics.Metric;
import java.util.List;

/** What the role exports. What stands in the logs in all are gauges, of the partitions this process has. */
public final class PredictMetrics {

  private static final String IN_ALL = ", in all, of the partitions this process has";

  static final Metric ANSWERED = count("answered", "Questions answered", "");
  static final Metric UNANSWERABLE =
      count(
          "unanswerable",
          "Questions answered with the reason why there is no answer",
          "it grows (`EngramUnanswerable`)");
  static final Metric WITHOUT_SUPPORT =
      count(
          "without_support",
          "Answers that rest on no labeled example of their key: the version as it is",
          "");
  static final Metric ASKED_AGAIN =
      count(
          "asked_again",
          "Questions that came once more under the same id, not answered again",
          "it grows: ids are not unique");
  static final Metric OPEN =
      count("open", "Questions and labels that are remembered until the window is over", "");
  static final Metric WAITING =
      count(
          "waiting",
          "Questions that wait for a version",
          "it is not 0: nothing was published yet (`EngramQuestionsWait`)");
  static final Metric SCORED = count("scored", "Answers whose label has come", "");
  static final Metric CORRECTED = count("corrected", "Labels that were corrected", "");
  static final Metric EXPIRED =
      count(
          "expired",
          "Questions whose label did not come in time",
          "it grows (`EngramLabelsExpire`): `predict.window` is too short, or ids differ");
  static final Metric UNMATCHED =
      count(
          "unmatched",
          "Labels whose question did not come in time",
          "it grows: `predict.window` is too short, or ids differ");
  static final Metric BAD_LABELS =
      count("bad_labels", "Records of the topic labels that are none", "it grows");
  static final Metric LIVE_SCORE =
      gauge(
              "engram_predict_live_score",
              "Mean score of the answers given whose labels have come: accuracy, or squared error")
          .lookWhen("it parts company with `engram_learner_score_model`");
  static final Metric LIVE_SIMPLE =
      gauge(
              "engram_predict_live_simple",
              "What the key's commonest class, or mean, would have got where it is known")
          .lookWhen("the answers are not clearly better");
  static final Metric LIVE_BESIDE_SIMPLE =
      gauge("engram_predict_live_beside_simple", "Mean score of the answers to the same questions");
  static final Metric LAG =
      gauge(
              "engram_predict_lag",
              "Records of the topics examples and labels not committed yet; -1 while not known")
          .lookWhen("it grows for minutes");
  static final Metric LAG_SECONDS =
      gauge(
              "engram_predict_lag_seconds",
              "How long the oldest record that is not committed yet has waited, as far as this process saw it wait")
          .lookWhen("it stays above a minute (`EngramLagSeconds`)");

  private PredictMetrics() {}

  /** All of them. */
  public static List<Metric> all() {
    return List.of(
        ANSWERED,
        UNANSWERABLE,
        WITHOUT_SUPPORT,
        ASKED_AGAIN,
        OPEN,
        WAITING,
        SCORED,
        CORRECTED,
        EXPIRED,
        UNMATCHED,
        BAD_LABELS,
        LIVE_SCORE,
        LIVE_SIMPLE,
        LIVE_BESIDE_SIMPLE,
        LAG,
        LAG_SECONDS);
  }

  private static Metric count(String name, String help, String look) {
    return gauge("engram_predict_" + name, help + IN_ALL).lookWhen(look);
  }
}
