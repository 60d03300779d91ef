package io.engram.deploy.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Marks over the time axis: what changed when. */
final class Annotations {

  private Annotations() {}

  static void write(ArrayNode list) {
    mark(
        list,
        "Promotions",
        "green",
        "changes(engram_registry_champion{job=~\"$job\", model=~\"$model\"}[$__rate_interval]) > 0",
        "{{model}} has another champion");
    mark(
        list,
        "Restarts",
        "orange",
        "changes(process_start_time_seconds{job=~\"$job\", instance=~\"$instance\"}[$__rate_interval]) > 0",
        "{{role}} {{instance}} started");
  }

  private static void mark(
      ArrayNode list, String name, String colour, String expression, String text) {
    ObjectNode mark = list.addObject();
    mark.put("name", name).put("enable", true).put("iconColor", colour);
    BoardJson.datasource(mark);
    mark.put("expr", expression).put("titleFormat", name).put("textFormat", text);
    mark.put("step", "30s").put("useValueForTime", false);
  }
}
