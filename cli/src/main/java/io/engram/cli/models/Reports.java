package io.engram.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The registry's answers as tables for people. */
final class Reports {

  private Reports() {}

  static void models(JsonNode answer, PrintWriter out) {
    Table table = new Table("MODEL", "CHAMPION", "VERSIONS", "PINNED", "ALIASES");
    for (JsonNode model : answer.path("models")) {
      table.row(
          model.path("name").asText(),
          text(model.path("champion")),
          model.path("versions").asText(),
          model.path("pinned").asBoolean() ? "yes" : "",
          pairs(model.path("aliases")));
    }
    table.print(out);
  }

  static void versions(JsonNode answer, PrintWriter out) {
    Table table = new Table("VERSION", "REGISTERED", "TASKS", "SCORE", "UNTRAINED", "TAGS", "");
    for (JsonNode version : answer.path("versions")) {
      table.row(
          version.path("version").asText(),
          version.path("registeredAt").asText(),
          version.path("tasks").asText(),
          number(version.path("metrics").path("prequential.window")),
          number(version.path("metrics").path("prequential.untrained")),
          pairs(version.path("tags")),
          version.path("champion").asBoolean() ? "champion" : "");
    }
    table.print(out);
  }

  static void fields(JsonNode object, PrintWriter out) {
    Table table = new Table("FIELD", "VALUE");
    fields("", object, table);
    table.print(out);
  }

  private static void fields(String prefix, JsonNode object, Table table) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      JsonNode value = field.getValue();
      if (value.isObject() && !value.isEmpty()) {
        fields(prefix + field.getKey() + ".", value, table);
      } else {
        table.row(prefix + field.getKey(), text(value));
      }
    }
  }

  static void champions(JsonNode answer, PrintWriter out) {
    Table table = new Table("SINCE", "VERSION", "HOW", "BY", "REASON");
    for (JsonNode reign : answer.path("champions")) {
      table.row(
          reign.path("since").asText(),
          reign.path("version").asText(),
          reign.path("how").asText().toLowerCase(Locale.ROOT).replace('_', ' '),
          reign.path("by").asText(),
          reign.path("reason").asText());
    }
    table.print(out);
  }

  static void comparison(JsonNode answer, PrintWriter out) {
    Table table = new Table("", answer.path("a").asText(), answer.path("b").asText(), "CHANGE");
    for (Map.Entry<String, JsonNode> metric : answer.path("metrics").properties()) {
      JsonNode both = metric.getValue();
      table.row(
          metric.getKey(),
          number(both.path("a")),
          number(both.path("b")),
          number(both.path("change")));
    }
    for (Map.Entry<String, JsonNode> differing : answer.path("lineage").properties()) {
      JsonNode both = differing.getValue();
      table.row(differing.getKey(), text(both.path("a")), text(both.path("b")), "");
    }
    for (Map.Entry<String, JsonNode> distance : answer.path("distances").properties()) {
      table.row("‖Δ " + distance.getKey() + "‖", "", "", number(distance.getValue()));
    }
    table.print(out);
  }

  static String event(JsonNode event) {
    return "%s  %s  %s %s  by %s: %s"
        .formatted(
            event.path("at").asText(),
            event.path("model").asText(),
            event.path("kind").asText(),
            event.has("version") ? "version " + event.path("version").asText() : "",
            event.path("actor").asText(),
            event.path("reason").asText());
  }

  private static String number(JsonNode value) {
    return value.isNumber() ? String.format(Locale.ROOT, "%.4g", value.asDouble()) : "";
  }

  private static String text(JsonNode value) {
    return value.isNull() || value.isMissingNode()
        ? ""
        : value.isContainerNode() ? value.toString() : value.asText();
  }

  private static String pairs(JsonNode object) {
    List<String> pairs = new ArrayList<>();
    object.properties().forEach(pair -> pairs.add(pair.getKey() + "=" + pair.getValue().asText()));
    return String.join(" ", pairs);
  }
}
