package io.engram.deploy.dashboard;

import java.util.List;

/** All dashboards, the first one the one that Grafana opens with. */
public final class Boards {

  private Boards() {}

  /** In the order of the manual. */
  public static List<Board> all() {
    return List.of(
        overview(),
        LearningBoards.learning(),
        LearningBoards.forgetting(),
        StreamBoards.ingest(),
        EngineBoards.memoryAndEngine(),
        StreamBoards.registry(),
        EngineBoards.kafka(),
        StreamBoards.answers());
  }

  private static Board overview() {
    return Board.of(
            "engram",
            "Engram: overview",
            "Is it learning, is it better than the simple thing, does it keep up, and what changed?")
        .row(
            "Is it learning, and better than the simple thing?",
            Panel.number(
                    "Better than the best baseline by",
                    "percentunit",
                    "Above 0 the model is better: of accuracies the difference, of errors the share that is saved.")
                .see("engramworsethanbaseline")
                .showing("engram_learner_advantage", "{{model}}"),
            Panel.number(
                    "Champion", "none", "The version that subscribers have; 0 while there is none.")
                .see("engramnopromotion")
                .showing("engram_registry_champion", "{{model}}"),
            Panel.number(
                    "Tasks a second",
                    "ops",
                    "Tasks that were scored and learned from. 0 while tasks wait means that the learner stands.")
                .see("engramlearnerstands")
                .showing("sum(rate(engram_learner_tasks_total[$__rate_interval]))", ""),
            Panel.number("Remembered", "short", "Tasks in the episodic memory, for replay.")
                .showing("sum(engram_learner_memory_tasks)", ""),
            Panel.lines(
                    "Score of the last window",
                    "none",
                    "Each task is scored before it is learned from: accuracy, where more is better, or squared error, where less is.")
                .showing("engram_learner_score_model", "model {{model}}")
                .showing("engram_learner_score_best_baseline", "best baseline {{model}}")
                .showing("engram_learner_score_untrained", "untrained {{model}}"),
            Panel.lines(
                    "Better than the best baseline",
                    "percentunit",
                    "It should rise from about 0 and stay above it.")
                .see("engramworsethanbaseline")
                .showing("engram_learner_advantage", "{{model}}"))
        .row(
            "Does it keep up?",
            Panel.lines(
                    "The oldest record has waited",
                    "s",
                    "How long the oldest record that a role has not done yet waits for it.")
                .see("engramlagseconds")
                .showing("max(engram_ingest_lag_seconds)", "ingest")
                .showing("max(engram_learner_lag_seconds)", "learner")
                .showing("max(engram_predict_lag_seconds)", "predict"),
            Panel.lines("Records that wait", "short", "Growing for minutes, a role is too slow.")
                .see("engramlearnerfallsbehind")
                .showing("engram_ingest_lag", "ingest")
                .showing("engram_learner_lag", "learner")
                .showing("engram_registry_lag", "registry")
                .showing("engram_predict_lag", "predict"),
            Panel.number("Roles up", "none", "Of ingest, learner, registry and predict.")
                .see("engramroledown")
                .showing("sum(up)", ""),
            Panel.number(
                    "Rejected of the examples",
                    "percentunit",
                    "Which of them and why stands on the dashboard of ingest.")
                .see("engrammanyrejected")
                .showing(
                    "sum(rate(engram_ingest_rejected_total[$__rate_interval])) / clamp_min(sum(rate(engram_ingest_examples_total[$__rate_interval])), 0.001)",
                    ""))
        .row(
            "What changed?",
            Panel.lines(
                    "Champion",
                    "none",
                    "Each step is another version; a step down was rolled back.")
                .showing("engram_registry_champion", "{{model}}"),
            Panel.lines(
                    "Running for",
                    "s",
                    "Begins at 0 with each start of a role. Two versions side by side are an upgrade on its way.")
                .showing(
                    "process_uptime_seconds * on (instance) group_left (version) engram_build_info",
                    "{{role}} {{instance}} {{version}}"));
  }
}
