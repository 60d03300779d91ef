package io.engram.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.model.ManifestFields;
import io.engram.model.Metric;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The registry's answers as tables for people. */
final class Reports {

  /** What a list of versions shows of each. */
  private static final List<Metric> LISTED = List.of(Metric.PREQUENTIAL, Metric.UNTRAINED);

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
    List<String> heading = new ArrayList<>(List.of("VERSION", "REGISTERED", "TASKS"));
    LISTED.forEach(metric -> heading.add(metric.words().toUpperCase(Locale.ROOT)));
    heading.addAll(List.of("TAGS", ""));
    Table table = new Table(heading);
    for (JsonNode version : answer.path("versions")) {
      JsonNode metrics = version.path(ManifestFields.METRICS);
      List<String> cells = new ArrayList<>();
      cells.add(version.path(ManifestFields.VERSION).asText());
      cells.add(version.path("registeredAt").asText());
      cells.add(version.path(ManifestFields.TASKS).asText());
      LISTED.forEach(metric -> cells.add(number(metrics.path(metric.key()))));
      cells.add(pairs(version.path("tags")));
      cells.add(version.path("champion").asBoolean() ? "champion" : "");
      table.row(cells);
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
          reign.path(ManifestFields.VERSION).asText(),
          reign.path("how").asText().toLowerCase(Locale.ROOT).replace('_', ' '),
          reign.path("by").asText(),
          reign.path("reason").asText());
    }
    table.print(out);
  }

  static void comparison(JsonNode answer, PrintWriter out) {
    Table table = new Table("", answer.path("a").asText(), answer.path("b").asText(), "CHANGE");
    for (Map.Entry<String, JsonNode> metric : answer.path(ManifestFields.METRICS).properties()) {
      JsonNode both = metric.getValue();
      table.row(
          metric.getKey(),
          number(both.path("a")),
          number(both.path("b")),
          number(both.path("change")));
    }
    for (Map.Entry<String, JsonNode> differing : answer.path(ManifestFields.LINEAGE).properties()) {
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
            event.path(ManifestFields.MODEL).asText(),
            event.path("kind").asText(),
            event.has(ManifestFields.VERSION)
                ? "version " + event.path(ManifestFields.VERSION).asText()
                : "",
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
