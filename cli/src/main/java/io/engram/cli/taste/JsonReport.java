package io.engram.cli.taste;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.cli.taste.Comparison.Match;
import org.jspecify.annotations.Nullable;

/** Findings as one JSON object. Errors are less when better; what is unknown is null. */
final class JsonReport {

  private final Findings found;
  private final ObjectNode json = new ObjectMapper().createObjectNode();

  private JsonReport(Findings found) {
    this.found = found;
  }

  static ObjectNode of(Findings found) {
    JsonReport report = new JsonReport(found);
    report.table();
    report.trial();
    report
        .json
        .put("verdict", found.verdict().kind().key())
        .put("sentence", found.verdict().sentence())
        .put("seconds", Math.round(found.seconds() * 1000) / 1000.0);
    return report.json;
  }

  private void table() {
    Table table = found.table();
    KeyCounts keys = found.keys();
    json.put("file", found.wanted().file().toString())
        .put("key", found.wanted().key())
        .put("label", found.wanted().label())
        .put("kind", table.classification() ? "classification" : "regression")
        .put("error", found.errors().key());
    ArrayNode columns = json.putArray("columns");
    for (ColumnNote note : table.columns()) {
      columns.addObject().put("name", note.name()).put("taken", note.taken());
    }
    if (table.classification()) {
      table.classes().forEach(json.putArray("classes")::add);
    }
    json.put("rows", table.rows().size())
        .put("rowsRefused", table.refusals().rows())
        .put("moreRows", table.more())
        .put("keys", keys.keys());
    json.putObject("rowsPerKey")
        .put("smallest", keys.smallest())
        .put("median", keys.median())
        .put("largest", keys.largest());
    json.put("keysWithTooFewRows", keys.tooFew()).put("betweenKeys", finite(found.betweenKeys()));
  }

  private void trial() {
    Trial trial = found.trial();
    Comparison comparison = trial.comparison();
    json.putObject("tasks")
        .put("supportRows", found.keys().half())
        .put("queryRows", found.keys().half())
        .put("cut", trial.cut())
        .put("scored", trial.scored())
        .put("heldOut", trial.heldOut())
        .put("outOfTime", trial.outOfTime());
    ArrayNode lines = json.putArray("contenders");
    for (Comparison.Line line : comparison.lines()) {
      lines
          .addObject()
          .put("name", line.who().column().key())
          .put("title", line.who().title())
          .put("all", finite(line.all()))
          .put("last", finite(line.last()))
          .put("toBest", finite(line.all() / comparison.all().best() - 1));
    }
    json.put("best", comparison.best().column().key());
    json.set("all", match(comparison.all()));
    json.set("last", match(comparison.last()));
    json.set("overTasks", course(trial.overTasks(), "to"));
    json.set("overShots", course(trial.overShots(), "supportRows"));
  }

  private ObjectNode match(Match match) {
    return json.objectNode()
        .put("tasks", match.tasks())
        .put("engram", finite(match.engram()))
        .put("best", finite(match.best()))
        .put("gain", finite(match.gain()))
        .put("standardError", finite(match.noise()));
  }

  private ArrayNode course(Course course, String at) {
    ArrayNode points = json.arrayNode();
    for (Course.Point point : course.points()) {
      points
          .addObject()
          .put(at, point.at())
          .put("tasks", point.tasks())
          .put("engram", finite(point.engram()))
          .put("best", finite(point.best()));
    }
    return points;
  }

  /** JSON knows no NaN. */
  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
