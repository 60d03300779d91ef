package io.engram.cli.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.ScoreWindow;
import io.engram.core.guard.Case;
import io.engram.core.guard.Quarantine;
import io.engram.predict.PredictStatus;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One JSON object a line. The last line of a complete run is its summary. */
public final class JsonView implements View {

  private static final double MILLI = 1000;

  private final ObjectMapper json = new ObjectMapper();
  private final PrintWriter out;
  private long shownVersion;

  public JsonView(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void note(String text) {
    print(event("note").put("text", text));
  }

  @Override
  public void remark(String text) {
    print(event("remark").put("text", text));
  }

  @Override
  public void started(RunInfo info) {
    print(
        event("started")
            .put("source", info.source())
            .put("state", info.state().toString())
            .put("bootstrap", info.bootstrap())
            .put("metrics", info.metrics())
            .put("resumedAt", info.resumedAt()));
  }

  @Override
  public void progress(RunStatus status) {
    if (status.modelVersion() > shownVersion) {
      shownVersion = status.modelVersion();
      print(
          event("model").put("modelVersion", shownVersion).put("tasks", status.learned().tasks()));
    }
    ObjectNode progress = counts(event("progress"), status);
    progress.put("memoryTasks", status.learned().memoryTasks());
    print(end(progress, status));
  }

  @Override
  public void ended(RunStatus status, Ending ending) {
    ObjectNode last = event(ending == Ending.COMPLETE ? "summary" : "interrupted");
    print(end(counts(last, status), status));
  }

  private ObjectNode event(String name) {
    return json.createObjectNode().put("event", name);
  }

  private static ObjectNode counts(ObjectNode node, RunStatus status) {
    if (status.learned().refusedTasks() > 0) {
      node.put("tasksRefused", status.learned().refusedTasks());
    }
    keptOut(node, status.learned().quarantine());
    if (status.leftOver() > 0) {
      node.put("examplesLeftOver", status.leftOver());
    }
    rejectedBy(node, status.rejectedBy());
    answers(node, status.answers());
    return node.put("examplesSent", status.sent())
        .put("examplesInTasks", status.inTasks())
        .put("examplesRejected", status.rejected())
        .put("examplesOpen", status.open())
        .put("tasks", status.learned().tasks())
        .put("metaUpdates", status.learned().metaUpdates())
        .put("modelVersion", status.modelVersion())
        .put("metric", status.scores().measure().key());
  }

  private static void answers(ObjectNode node, PredictStatus answers) {
    if (answers.asked()) {
      ObjectNode answered =
          node.putObject("answers")
              .put("answered", answers.answered())
              .put("unanswerable", answers.unanswerable())
              .put("waiting", answers.waiting())
              .put("labelsCame", answers.scored());
      putFinite(answered, "score", answers.score());
      putFinite(answered, "scoreBesideSimple", answers.besideSimple());
      putFinite(answered, "simple", answers.simple());
      ArrayNode behind = answered.putArray("behindSimple");
      answers
          .behind()
          .forEach(
              key ->
                  behind
                      .addObject()
                      .put("key", key.key())
                      .put("labelsCame", key.answers())
                      .put("score", key.score())
                      .put("simple", key.simple()));
    }
  }

  private static void putFinite(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    }
  }

  /** Why examples were rejected, with what was said of the first. */
  private static void rejectedBy(ObjectNode node, RejectedBy rejected) {
    if (rejected.count() > 0) {
      ObjectNode reasons = node.putObject("rejectedBy");
      rejected
          .commonest()
          .forEach(
              it ->
                  reasons
                      .putObject(it.getKey())
                      .put("count", it.getValue().count())
                      .put("first", it.getValue().first()));
    }
  }

  /** What was not learned from, and which was the first. */
  private static void keptOut(ObjectNode node, Quarantine quarantine) {
    Case first = quarantine.first();
    if (first != null) {
      ObjectNode absurd = node.putObject("quarantined").put("count", quarantine.absurd());
      quarantine
          .counts()
          .forEach((cause, count) -> absurd.put(cause.name().toLowerCase(Locale.ROOT), count));
      absurd.remove("share");
      absurd
          .putObject("first")
          .put("key", first.key())
          .put("taskPartition", first.position().partition())
          .put("taskOffset", first.position().offset())
          .put("reason", first.reason());
    }
    if (quarantine.beyondShare() > 0) {
      node.put("tasksBeyondShare", quarantine.beyondShare());
    }
  }

  private ObjectNode end(ObjectNode node, RunStatus status) {
    node.set("first200", scores(status.scores().first()));
    node.set("last200", scores(status.scores().last()));
    BestBaseline.verdict(status.scores().last(), status.scores().measure())
        .ifPresent(words -> node.put("verdict", words));
    return node.put("seconds", Math.round(status.seconds() * MILLI) / MILLI);
  }

  private ObjectNode scores(ScoreWindow scores) {
    ObjectNode node = json.createObjectNode();
    for (ScoreColumn column : ScoreColumn.values()) {
      double score = scores.of(column);
      if (column.onTheBoard()) {
        baselines(node, column, score);
      } else if (column.always() || Double.isFinite(score)) {
        node.put(column.key(), finite(score));
      }
    }
    return node.put("tasks", scores.tasks());
  }

  private static void baselines(ObjectNode node, ScoreColumn column, double score) {
    if (Double.isFinite(score)) {
      node.withObject("/baselines").put(column.key(), score);
    }
  }

  /** JSON knows no NaN. */
  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private void print(ObjectNode line) {
    out.println(line);
    out.flush();
  }
}
