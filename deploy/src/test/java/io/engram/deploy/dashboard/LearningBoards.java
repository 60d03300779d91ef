package io.engram.deploy.dashboard;

/** What the learner learns, and what it still knows. */
final class LearningBoards {

  private LearningBoards() {}

  static Board learning() {
    return Board.of(
            "engram-learning",
            "Engram: learning",
            "How well it learns, from what, and where the time goes.")
        .row(
            "Scores",
            Panel.lines(
                    "Model and baselines",
                    "none",
                    "Mean of the last window, each task scored before it is learned from. The model should part from all others.")
                .see("engramworsethanbaseline")
                .showing("engram_learner_score_model", "model")
                .showing("engram_learner_score_untrained", "untrained")
                .showing("engram_learner_score_support_mean", "support mean")
                .showing("engram_learner_score_last_label", "last label")
                .showing("engram_learner_score_three_nearest", "three nearest")
                .showing("engram_learner_score_support_fit", "linear fit")
                .showing("engram_learner_score_global_model", "one linear model for all"),
            Panel.lines(
                    "The worst tenth of the tasks",
                    "none",
                    "Mean score of the model on the worst tenth of the window beside the mean of all: far apart, some keys are served badly.")
                .showing("engram_learner_score_worst_decile", "worst tenth")
                .showing("engram_learner_score_model", "all"))
        .row(
            "Work",
            Panel.lines("Tasks and outer steps", "ops", "How fast it learns.")
                .showing("sum(rate(engram_learner_tasks_total[$__rate_interval]))", "tasks")
                .showing("sum(rate(engram_learner_examples_total[$__rate_interval]))", "examples")
                .showing(
                    "sum(rate(engram_learner_meta_updates_total[$__rate_interval]))", "outer steps")
                .showing(
                    "sum(rate(engram_learner_candidates_total[$__rate_interval]))", "candidates"),
            Panel.lines(
                    "Where the time goes",
                    "percentunit",
                    "Share of the learner's one thread by phase; what is missing to 1 is waiting for tasks.")
                .showing(
                    "sum by (phase) (rate(engram_learner_phase_seconds_sum[$__rate_interval]))",
                    "{{phase}}"),
            Panel.lines("One phase takes", "s", "Mean duration of each phase.")
                .showing(
                    "sum by (phase) (rate(engram_learner_phase_seconds_sum[$__rate_interval])) / sum by (phase) (rate(engram_learner_phase_seconds_count[$__rate_interval]))",
                    "{{phase}}"),
            Panel.lines(
                    "Not learned from",
                    "ops",
                    "Tasks left out, and episodes whose numbers were not finite. All should be 0.")
                .see("engramtasksrefused")
                .showing("sum(rate(engram_learner_refused_total[$__rate_interval]))", "refused")
                .showing(
                    "sum(rate(engram_learner_quarantined_total[$__rate_interval]))", "quarantined")
                .showing(
                    "sum(rate(engram_learner_beyond_share_total[$__rate_interval]))",
                    "beyond their key's share")
                .showing(
                    "sum(rate(engram_learner_diverged_episodes_total[$__rate_interval]))",
                    "diverged episodes"))
        .row(
            "Tables",
            Panel.lines("Errors", "none", "Of the learner of tables; empty for others.")
                .showing("engram_learner_score_absolute_error", "absolute error")
                .showing("engram_learner_score_log_loss", "log loss"),
            Panel.lines(
                    "Calibration",
                    "percentunit",
                    "Share of numbers within the 80 % intervals, and how sure it is of its classes. Of the learner of tables; empty for others.")
                .showing("engram_learner_score_covered", "within 80 % intervals")
                .showing("engram_learner_score_confidence", "confidence"));
  }

  static Board forgetting() {
    return Board.of(
            "engram-forgetting",
            "Engram: forgetting",
            "Whether it still knows what it learned long ago, and what it keeps for that.")
        .row(
            "Does it still know the past?",
            Panel.lines(
                    "Held out over the whole past",
                    "none",
                    "Score of the newest candidate on what was held out since the beginning, beside the score on the newest tasks. Falling away from it, the past is forgotten. Empty while no candidate states it.")
                .see("engramforgets")
                .showing("engram_learner_score_retained", "the whole past {{model}}")
                .showing("engram_learner_score_model", "the last window {{model}}"),
            Panel.lines(
                    "Newest candidate against the best before",
                    "percentunit",
                    "On the same examples of the whole past. Clearly below 0 for long, it forgets. Empty while no candidate states it.")
                .see("engramforgets")
                .showing("engram_learner_kept", "{{model}}"),
            Panel.lines(
                    "Tasks remembered",
                    "short",
                    "It rises to the memory's capacity and stays there.")
                .showing("engram_learner_memory_tasks", "{{model}}"))
        .row(
            "Forgotten on purpose",
            Panel.number(
                    "Foreign records of forgotten",
                    "none",
                    "Records on the topic of forgettings that are none. Any is worth a look: who else may write there?")
                .see("forgetting-a-key")
                .showing("sum(engram_ingest_forgotten_foreign)", ""));
  }
}
