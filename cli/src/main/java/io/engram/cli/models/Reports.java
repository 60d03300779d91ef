package io.engram.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.model.ManifestFields;
import io.engram.model.Metric;
import io.engram.modelregistry.http.RegistryFields;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The registry's answers as tables for people. */
final class Reports {

  /** What a list of versions shows of each. */
  private static final List<Metric> LISTED = List.of(Metric.PREQUENTIAL, Metric.UNTRAINED);

  private static final int LONGEST = 1000;

  private Reports() {}

  static void models(JsonNode answer, PrintWriter out) {
    Table table = new Table("MODEL", "CHAMPION", "VERSIONS", "PINNED", "ALIASES");
    for (JsonNode model : answer.path(RegistryFields.MODELS)) {
      table.row(
          model.path(RegistryFields.NAME).asText(),
          text(model.path(RegistryFields.CHAMPION)),
          model.path(RegistryFields.VERSIONS).asText(),
          model.path(RegistryFields.PINNED).asBoolean() ? "yes" : "",
          pairs(model.path(RegistryFields.ALIASES)));
    }
    table.print(out);
  }

  static void versions(JsonNode answer, PrintWriter out) {
    List<String> heading = new ArrayList<>(List.of("VERSION", "REGISTERED", "TASKS"));
    LISTED.forEach(metric -> heading.add(metric.words().toUpperCase(Locale.ROOT)));
    heading.addAll(List.of("TAGS", ""));
    Table table = new Table(heading);
    for (JsonNode version : answer.path(RegistryFields.VERSIONS)) {
      JsonNode metrics = version.path(ManifestFields.METRICS);
      List<String> cells = new ArrayList<>();
      cells.add(version.path(ManifestFields.VERSION).asText());
      cells.add(version.path(RegistryFields.REGISTERED_AT).asText());
      cells.add(version.path(ManifestFields.TASKS).asText());
      LISTED.forEach(metric -> cells.add(number(metrics.path(metric.key()))));
      cells.add(pairs(version.path(RegistryFields.TAGS)));
      cells.add(version.path(RegistryFields.CHAMPION).asBoolean() ? "champion" : "");
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
    for (JsonNode reign : answer.path(RegistryFields.CHAMPIONS)) {
      table.row(
          reign.path(RegistryFields.SINCE).asText(),
          reign.path(ManifestFields.VERSION).asText(),
          reign.path(RegistryFields.HOW).asText().toLowerCase(Locale.ROOT).replace('_', ' '),
          reign.path(RegistryFields.BY).asText(),
          reign.path(RegistryFields.REASON).asText());
    }
    table.print(out);
  }

  static void comparison(JsonNode answer, PrintWriter out) {
    Table table =
        new Table(
            "",
            answer.path(RegistryFields.A).asText(),
            answer.path(RegistryFields.B).asText(),
            "CHANGE");
    for (Map.Entry<String, JsonNode> metric : answer.path(ManifestFields.METRICS).properties()) {
      JsonNode both = metric.getValue();
      table.row(
          metric.getKey(),
          number(both.path(RegistryFields.A)),
          number(both.path(RegistryFields.B)),
          number(both.path(RegistryFields.CHANGE)));
    }
    for (Map.Entry<String, JsonNode> differing : answer.path(ManifestFields.LINEAGE).properties()) {
      JsonNode both = differing.getValue();
      table.row(
          differing.getKey(),
          text(both.path(RegistryFields.A)),
          text(both.path(RegistryFields.B)),
          "");
    }
    for (Map.Entry<String, JsonNode> distance :
        answer.path(RegistryFields.DISTANCES).properties()) {
      table.row("‖Δ " + distance.getKey() + "‖", "", "", number(distance.getValue()));
    }
    table.print(out);
  }

  static String event(JsonNode event) {
    return "%s  %s  %s %s  by %s: %s"
        .formatted(
            event.path(RegistryFields.AT).asText(),
            event.path(ManifestFields.MODEL).asText(),
            event.path(RegistryFields.KIND).asText(),
            event.has(ManifestFields.VERSION)
                ? "version " + event.path(ManifestFields.VERSION).asText()
                : "",
            event.path(RegistryFields.ACTOR).asText(),
            event.path(RegistryFields.REASON).asText());
  }

  private static String number(JsonNode value) {
    return value.isNumber() ? String.format(Locale.ROOT, "%.4g", value.asDouble()) : "";
  }

  private static String text(JsonNode value) {
    String text =
        value.isNull() || value.isMissingNode()
            ? ""
            : value.isContainerNode() ? value.toString() : value.asText();
    return text.length() <= LONGEST
        ? text
        : "%s… (%,d characters; --json has all)"
            .formatted(text.substring(0, LONGEST), text.length());
  }

  private static String pairs(JsonNode object) {
    List<String> pairs = new ArrayList<>();
    object.properties().forEach(pair -> pairs.add(pair.getKey() + "=" + pair.getValue().asText()));
    return String.join(" ", pairs);
  }
}
