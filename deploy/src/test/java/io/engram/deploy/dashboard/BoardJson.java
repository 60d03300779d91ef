package io.engram.deploy.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/** Writes dashboards as Grafana reads them. */
public final class BoardJson {

  /** Where the manual lies: docs/operations.md, at the address that a variable holds. */
  static final String MANUAL = "${manual}";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int COLUMNS = 24;

  private final Selectors selectors;

  /**
   * @param byModel metrics that have a label {@code model}
   */
  public BoardJson(Set<String> byModel) {
    this.selectors = new Selectors(byModel);
  }

  /** The file's text. */
  public String write(Board board) {
    ObjectNode json = JSON.createObjectNode();
    json.put("uid", board.file()).put("title", board.title()).put("description", board.about());
    json.putArray("tags").add("engram");
    json.put("schemaVersion", 39).put("editable", false).put("graphTooltip", 1);
    json.put("refresh", "10s").put("timezone", "browser");
    json.putObject("time").put("from", "now-1h").put("to", "now");
    links(json.putArray("links"));
    Variables.write(json.putObject("templating").putArray("list"));
    Annotations.write(json.putObject("annotations").putArray("list"));
    panels(json.putArray("panels"), board);
    return json.toPrettyString() + "\n";
  }

  private static void links(ArrayNode links) {
    ObjectNode others = links.addObject();
    others.put("title", "Engram").put("type", "dashboards").put("asDropdown", true);
    others.put("includeVars", true).put("keepTime", true);
    others.putArray("tags").add("engram");
    links
        .addObject()
        .put("title", "Manual")
        .put("type", "link")
        .put("url", MANUAL)
        .put("targetBlank", true);
  }

  private void panels(ArrayNode panels, Board board) {
    int y = 0;
    int id = 1;
    for (Board.Row row : board.rows()) {
      ObjectNode heading = panels.addObject();
      heading.put("id", id++).put("type", "row").put("title", row.title()).put("collapsed", false);
      place(heading, 0, y++, COLUMNS, 1);
      heading.putArray("panels");
      int x = 0;
      int height = 0;
      for (Panel panel : row.panels()) {
        if (x + panel.width() > COLUMNS) {
          x = 0;
          y += height;
          height = 0;
        }
        ObjectNode json = panels.addObject();
        json.put("id", id++);
        place(json, x, y, panel.width(), panel.height());
        write(panel, json);
        x += panel.width();
        height = Math.max(height, panel.height());
      }
      y += height;
    }
  }

  private void write(Panel panel, ObjectNode json) {
    json.put("type", panel.kind()).put("title", panel.title());
    json.put("description", panel.description());
    datasource(json);
    json.putArray("links")
        .addObject()
        .put("title", "What it means")
        .put("url", MANUAL + "#" + panel.section())
        .put("targetBlank", true);
    ArrayNode targets = json.putArray("targets");
    char ref = 'A';
    for (Panel.Target target : panel.targets()) {
      ObjectNode query = targets.addObject();
      query.put("refId", String.valueOf(ref++));
      datasource(query);
      query.put("expr", selectors.in(target.expression()));
      query.put("legendFormat", target.legend());
    }
    ObjectNode defaults = json.putObject("fieldConfig").putObject("defaults");
    defaults.put("unit", panel.unit()).put("noValue", "–");
    json.withObject("fieldConfig").putArray("overrides");
    options(panel, json.putObject("options"), defaults);
  }

  private static void options(Panel panel, ObjectNode options, ObjectNode defaults) {
    if (panel.kind().equals("stat")) {
      options.putObject("reduceOptions").putArray("calcs").add("lastNotNull");
      options.put("colorMode", "value").put("graphMode", "area");
      return;
    }
    defaults
        .putObject("custom")
        .put("lineWidth", 1)
        .put("fillOpacity", 5)
        .put("showPoints", "never");
    options.putObject("legend").put("displayMode", "list").put("placement", "bottom");
    options.putObject("tooltip").put("mode", "multi");
  }

  private static void place(ObjectNode panel, int x, int y, int width, int height) {
    ObjectNode place = panel.putObject("gridPos");
    Map.of("x", x, "y", y, "w", width, "h", height).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(it -> place.put(it.getKey(), it.getValue()));
  }

  static void datasource(ObjectNode json) {
    json.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
  }
}
