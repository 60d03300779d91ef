package io.engram.deploy.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What one may choose at the top of each dashboard. */
final class Variables {

  /** Grafana's number for: when the time range changes. */
  private static final int ON_TIME_RANGE = 2;

  private Variables() {}

  static void write(ArrayNode list) {
    ObjectNode source = list.addObject();
    source.put("name", "datasource").put("label", "Data source").put("type", "datasource");
    source.put("query", "prometheus").put("hide", 0).put("refresh", 1).put("regex", "");
    query(list, "job", "Job", "label_values(engram_build_info, job)");
    query(list, "instance", "Instance", "label_values(engram_build_info{job=~\"$job\"}, instance)");
    query(
        list,
        "model",
        "Model",
        "label_values({__name__=~\"engram_learner_lag|engram_registry_champion\", job=~\"$job\"}, model)");
    manual(list);
  }

  /** Grafana serves what lies there; docker-compose.yml puts docs/ there. Elsewhere one writes where the manual is. */
  private static void manual(ArrayNode list) {
    String address = "/public/engram/operations.md";
    ObjectNode manual = list.addObject();
    manual.put("name", "manual").put("label", "Manual at").put("type", "textbox");
    manual.put("query", address).put("hide", 0);
    manual.putObject("current").put("text", address).put("value", address);
  }

  private static void query(ArrayNode list, String name, String label, String query) {
    ObjectNode variable = list.addObject();
    variable.put("name", name).put("label", label).put("type", "query");
    BoardJson.datasource(variable);
    variable.put("definition", query);
    variable.putObject("query").put("query", query).put("refId", name);
    variable.put("multi", true).put("includeAll", true).put("allValue", ".+");
    variable.put("refresh", ON_TIME_RANGE).put("sort", 1).put("hide", 0);
    ObjectNode all = variable.putObject("current");
    all.put("selected", true);
    all.putArray("text").add("All");
    all.putArray("value").add("$__all");
  }
}
