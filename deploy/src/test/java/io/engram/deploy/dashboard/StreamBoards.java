package io.engram.deploy.dashboard;

/** What comes in and what goes out. */
final class StreamBoards {

  private StreamBoards() {}

  static Board ingest() {
    return Board.of(
            "engram-ingest",
            "Engram: ingest",
            "What comes in, what becomes of it, and what is rejected.")
        .row(
            "What comes",
            Panel.lines(
                    "Examples and tasks",
                    "ops",
                    "Examples without tasks: keys with few examples wait until they are silent.")
                .see("engramnoexamples")
                .showing("sum(rate(engram_ingest_examples_total[$__rate_interval]))", "examples")
                .showing("sum(rate(engram_ingest_questions_total[$__rate_interval]))", "questions")
                .showing("sum(rate(engram_ingest_tasks_total[$__rate_interval]))", "tasks"),
            Panel.lines(
                    "Rejected by reason",
                    "ops",
                    "Each record lies on examples.rejected with its reason and place.")
                .see("engrammanyrejected")
                .showing(
                    "sum by (reason) (rate(engram_ingest_rejected_total[$__rate_interval]))",
                    "{{reason}}"),
            Panel.number("Examples", "short", "In the log in all, good and bad.")
                .showing("sum(engram_ingest_log_examples)", ""),
            Panel.number("Tasks", "short", "Written in all.")
                .showing("sum(engram_ingest_log_tasks)", ""),
            Panel.number("Rejected", "short", "In all.")
                .see("engrammanyrejected")
                .showing("sum(engram_ingest_log_rejected)", ""),
            Panel.number("Open", "short", "Examples that wait for their task to be closed.")
                .see("where-one-task-ends")
                .showing("sum(engram_ingest_open)", ""))
        .row(
            "Does it keep up?",
            Panel.lines("Examples that wait", "short", "Growing for minutes, ingest is too slow.")
                .see("engramingestfallsbehind")
                .showing("engram_ingest_lag", "{{instance}}"),
            Panel.lines("The oldest has waited", "s", "As far as the process saw it wait.")
                .see("engramlagseconds")
                .showing("engram_ingest_lag_seconds", "{{instance}}"),
            Panel.lines(
                    "Late, strayed, given up",
                    "ops",
                    "Late for their window; keys that changed their partition; rejected too often. All should be 0.")
                .see("several-producers")
                .showing("sum(rate(engram_ingest_late_total[$__rate_interval]))", "late")
                .showing(
                    "sum(rate(engram_ingest_strayed_keys_total[$__rate_interval]))", "strayed keys")
                .showing("sum(rate(engram_ingest_given_up_total[$__rate_interval]))", "given up"));
  }

  static Board registry() {
    return Board.of(
            "engram-registry",
            "Engram: registry",
            "Which versions come, what the gate decides, and how it answers.")
        .row(
            "Versions",
            Panel.lines("Champion", "none", "The version that subscribers have.")
                .see("engramnopromotion")
                .showing("engram_registry_champion", "{{model}}"),
            Panel.lines(
                    "Promoted, refused, rolled back",
                    "ops",
                    "What was decided about candidates and champions.")
                .see("engramnopromotion")
                .showing(
                    "sum by (kind) (rate(engram_registry_events_total[$__rate_interval]))",
                    "{{kind}}"),
            Panel.lines("Not taken", "ops", "Records it could make nothing of, by why.")
                .see("when-something-is-wrong")
                .showing(
                    "sum by (why) (rate(engram_registry_ignored_total[$__rate_interval]))",
                    "{{why}}"),
            Panel.lines(
                    "From candidate to update",
                    "s",
                    "Median and 99th percentile of the last minutes.")
                .showing("engram_registry_commit_seconds", "commit {{quantile}}")
                .showing("engram_registry_examination_seconds", "examination {{quantile}}"),
            Panel.number("Candidates that wait", "short", "On model-candidates.")
                .showing("sum(engram_registry_lag)", ""),
            Panel.number(
                    "Foreign events",
                    "none",
                    "Events that no registry wrote. Any is worth a look: who else may write there?")
                .see("when-something-is-wrong")
                .showing("sum(engram_registry_foreign)", ""))
        .row(
            "Answers over HTTP",
            Panel.lines("Questions", "reqps", "Refused ones came while all workers were busy.")
                .showing(
                    "sum by (outcome) (rate(engram_registry_serving_requests_total[$__rate_interval]))",
                    "{{outcome}}"),
            Panel.lines(
                    "An answer takes",
                    "s",
                    "Waiting for its turn included; median and 99th percentile.")
                .showing("engram_registry_serving_seconds", "{{quantile}}"));
  }

  static Board answers() {
    return Board.of(
            "engram-answers",
            "Engram: answers",
            "What is asked on the stream, what is answered, and how good that was.")
        .row(
            "How good are the answers?",
            Panel.lines(
                    "Score of answers given",
                    "none",
                    "Of those whose label has come: accuracy, or squared error, beside the simple thing on the same questions.")
                .see("answers-as-a-stream")
                .showing("engram_predict_live_score", "all answers")
                .showing(
                    "engram_predict_live_beside_simple", "answers where the simple thing is known")
                .showing("engram_predict_live_simple", "the simple thing"),
            Panel.lines("The oldest question has waited", "s", "As far as the process saw it wait.")
                .see("engramlagseconds")
                .showing("engram_predict_lag_seconds", "{{instance}}"))
        .row(
            "What becomes of questions",
            Panel.lines("Questions", "short", "In all, of the partitions each process has.")
                .see("engramunanswerable")
                .showing("sum(engram_predict_answered)", "answered")
                .showing("sum(engram_predict_unanswerable)", "unanswerable")
                .showing("sum(engram_predict_without_support)", "without support")
                .showing("sum(engram_predict_asked_again)", "asked again")
                .showing("sum(engram_predict_waiting)", "waiting for a version")
                .showing("sum(engram_predict_open)", "remembered"),
            Panel.lines(
                    "Labels",
                    "short",
                    "Expired and unmatched ones grow where the window is too short or ids differ.")
                .see("engramlabelsexpire")
                .showing("sum(engram_predict_scored)", "scored")
                .showing("sum(engram_predict_corrected)", "corrected")
                .showing("sum(engram_predict_expired)", "expired")
                .showing("sum(engram_predict_unmatched)", "unmatched")
                .showing("sum(engram_predict_bad_labels)", "bad"));
  }
}
