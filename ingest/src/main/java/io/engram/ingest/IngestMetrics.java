package io.engram.ingest;

import static io.engram.servicekit.metrics.Metric.counter;
import static io.engram.servicekit.metrics.Metric.gauge;

import io.engram.servicekit.metrics.Metric;
import java.util.List;

/**
 * What ingest exports. Counters count from the start of the process, as {@code rate()} needs it: what they say must not fall and jump back when partitions
 * go and come. What stands in the logs in all is a gauge.
 */
public final class IngestMetrics {

  static final Metric EXAMPLES =
      counter(
              "engram_ingest_examples_total",
              "Examples read from the topic examples, good and bad, since the process began")
          .lookWhen("its rate is 0 and should not be (`EngramNoExamples`)");
  static final Metric TASKS =
      counter(
              "engram_ingest_tasks_total",
              "Tasks written to the topic tasks since the process began")
          .lookWhen(
              "examples come and no tasks do: keys with fewer examples than `ingest.grouping.size` wait for `ingest.grouping.idle`");
  static final Metric QUESTIONS =
      counter(
              "engram_ingest_questions_total",
              "Examples without a label, passed over: they are for the role predict")
          .lookWhen("questions come and nobody answers");
  static final Metric GIVEN_UP =
      counter(
              "engram_ingest_given_up_total",
              "Rejected examples that were not written to the topic examples.rejected once more")
          .lookWhen("it grows: somebody sends rejected records again and again");
  static final Metric REJECTED =
      counter(
              "engram_ingest_rejected_total",
              "Examples rejected since the process began; deletions are counted and not written")
          .by("reason")
          .lookWhen("more than 5 % (`EngramManyRejected`)");
  static final Metric LATE =
      counter(
              "engram_ingest_late_total",
              "Examples that came when their window had been closed, since the process began")
          .lookWhen("it grows: `ingest.grouping.grace` is too short");
  static final Metric STRAYED_KEYS =
      counter(
              "engram_ingest_strayed_keys_total",
              "How often a key came in another partition than the time before")
          .lookWhen("it is not 0: [several producers](#several-producers)");
  static final Metric LOG_EXAMPLES =
      gauge(
          "engram_ingest_log_examples", "Examples read in all, of the partitions this process has");
  static final Metric LOG_TASKS =
      gauge("engram_ingest_log_tasks", "Tasks written in all, of the partitions this process has");
  static final Metric LOG_REJECTED =
      gauge(
          "engram_ingest_log_rejected",
          "Examples rejected in all, of the partitions this process has");
  static final Metric OPEN =
      gauge("engram_ingest_open", "Examples that wait for their task to be closed")
          .lookWhen("it only grows: many keys, few examples each");
  static final Metric FORGOTTEN_FOREIGN =
      gauge(
              "engram_ingest_forgotten_foreign",
              "Records of the topic forgotten that are no forgettings, passed over at the start")
          .lookWhen("any: who else may write there?");
  static final Metric LAG =
      gauge(
              "engram_ingest_lag",
              "Records of the topic examples not committed yet; -1 while not known")
          .lookWhen("it grows for minutes (`EngramIngestFallsBehind`)");
  static final Metric LAG_SECONDS =
      gauge(
              "engram_ingest_lag_seconds",
              "How long the oldest example that is not committed yet has waited, as far as this process saw it wait")
          .lookWhen("it stays above a minute (`EngramLagSeconds`)");

  private IngestMetrics() {}

  /** All of them. */
  public static List<Metric> all() {
    return List.of(
        EXAMPLES,
        TASKS,
        QUESTIONS,
        GIVEN_UP,
        REJECTED,
        LATE,
        STRAYED_KEYS,
        LOG_EXAMPLES,
        LOG_TASKS,
        LOG_REJECTED,
        OPEN,
        FORGOTTEN_FOREIGN,
        LAG,
        LAG_SECONDS);
  }
}
