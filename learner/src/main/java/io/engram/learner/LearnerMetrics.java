package io.engram.learner;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.servicekit.metrics.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the learner exports. Its counters go on from its state after a restart. */
public final class LearnerMetrics {

  private static final String MODEL = "model";

  static final Metric TASKS =
      counter("tasks", "Tasks taken up, scored and learned from")
          .lookWhen("0 per second while there is lag (`EngramLearnerStands`)");
  static final Metric EXAMPLES = counter("examples", "Examples in those tasks");
  static final Metric REFUSED =
      counter("refused", "Tasks that could not be learned from: they do not fit the network")
          .lookWhen("it grows (`EngramTasksRefused`)");
  static final Metric META_UPDATES =
      counter("meta_updates", "Outer steps; batches learned by a continual learner");
  static final Metric DIVERGED =
      counter("diverged_episodes", "Episodes left out of a step, their numbers not finite")
          .lookWhen("it grows (`EngramDiverges`)");
  static final Metric QUARANTINED =
      counter("quarantined", "Tasks that were absurd, or went wrong, and were not learned from")
          .lookWhen("it grows: the log names the first, tenth, hundredth … with key and position");
  static final Metric BEYOND_SHARE =
      counter("beyond_share", "Tasks not learned from because their keys had had their share")
          .lookWhen("it grows: one key sends more than half of everything");
  static final Metric CANDIDATES =
      counter("candidates", "Candidates published")
          .lookWhen("none for an hour while tasks come (`EngramNoCandidate`)");
  static final Metric MEMORY_TASKS =
      gauge("memory_tasks", "Tasks remembered; examples by a continual learner");
  static final Metric STORE_MEMORY =
      gauge(
          "store_memory_bytes",
          "Memory of the learner's store outside the heap: block cache, write buffers, table readers; about 96 MiB at most");
  static final Metric LAG =
      gauge("lag", "Tasks in the log not yet taken up")
          .lookWhen("it grows for minutes (`EngramLearnerFallsBehind`)");
  static final Metric LAG_SECONDS =
      gauge(
              "lag_seconds",
              "How long the oldest task that is not taken up yet has waited, as far as this process saw it wait")
          .lookWhen("it stays above a minute (`EngramLagSeconds`)");
  static final Metric RETAINED =
      gauge(
              "score_retained",
              "Score of the newest candidate on what was held out over the whole past: examples or tasks; NaN while it states none")
          .lookWhen("it falls: what was learned is forgotten");
  static final Metric KEPT =
      gauge(
              "kept",
              "How much better the newest candidate is than the best one before it on what was held out over the whole past, negative where it forgot")
          .lookWhen("it stays clearly below 0 (`EngramForgets`)");
  static final Metric BEST_BASELINE =
      gauge(
          "score_best_baseline",
          "The best score of the last window among the untrained start and the cheap baselines");
  static final Metric ADVANTAGE =
      gauge(
              "advantage",
              "How much better the model is than the best baseline, negative where worse: of accuracies the difference, of errors the share saved")
          .lookWhen("it is below 0 (`EngramWorseThanBaseline`)");
  static final Metric WORST_DECILE =
      gauge(
              "score_worst_decile",
              "Mean score of the model on the worst tenth of the last window's tasks")
          .lookWhen("it parts from the mean: some keys are served badly");
  static final Metric PHASES =
      new Metric(
          "engram_learner_phase_seconds",
          Metric.Kind.TIMER,
          "Where the learner's thread spends its time: show a task; of tasks score, draw replay, gradient (adapt and take the meta-gradient, one call of the engine), outer step; learn (the rest; of single examples and tables all); examine, store (the commit), publish",
          "`draw` grows beside `gradient`: replay is read from a slow disk; `store` or `publish` do: a slow disk, slow brokers",
          List.of(MODEL, "phase"));

  /** The mean scores of the last window that are shown, by column. */
  static final Map<ScoreColumn, Metric> SCORES = scores();

  private LearnerMetrics() {}

  /** All of them. */
  public static List<Metric> all() {
    List<Metric> all =
        new ArrayList<>(
            List.of(
                TASKS,
                EXAMPLES,
                REFUSED,
                META_UPDATES,
                DIVERGED,
                QUARANTINED,
                BEYOND_SHARE,
                CANDIDATES,
                MEMORY_TASKS,
                STORE_MEMORY,
                LAG,
                LAG_SECONDS,
                ADVANTAGE,
                BEST_BASELINE));
    SCORES.values().forEach(all::add);
    all.addAll(List.of(WORST_DECILE, RETAINED, KEPT, PHASES));
    return all;
  }

  private static Map<ScoreColumn, Metric> scores() {
    Map<ScoreColumn, Metric> scores = new EnumMap<>(ScoreColumn.class);
    Arrays.stream(ScoreColumn.values())
        .filter(it -> it.always() || it.onTheBoard() || it.aboutTheModel())
        .forEach(
            column ->
                scores.put(
                    column,
                    gauge(
                            "score_" + words(column.key()),
                            "Mean prequential score of the last window: " + column.title())
                        .lookWhen(look(column))));
    return scores;
  }

  private static String look(ScoreColumn column) {
    return switch (column) {
      case MODEL -> "it gets worse than it was";
      case UNTRAINED -> "the model is not clearly better";
      case GLOBAL -> "it is as good as the model: keys hardly differ";
      case COVERED -> "far from 0.8: intervals are too narrow or too wide";
      case CONFIDENCE -> "far from the accuracy: probabilities cannot be taken at their word";
      default -> column.onTheBoard() ? "the model is not better than the best of them" : "";
    };
  }

  /** Names of metrics have underscores where those for programs have capitals. */
  private static String words(String key) {
    return key.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static Metric counter(String name, String help) {
    return Metric.counter("engram_learner_" + name + "_total", help).by(MODEL);
  }

  private static Metric gauge(String name, String help) {
    return Metric.gauge("engram_learner_" + name, help).by(MODEL);
  }
}
