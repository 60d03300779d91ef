package io.engram.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What the files under {@code deploy} ask of Prometheus. */
final class Monitoring {

  static final String DASHBOARD = "deploy/grafana/dashboards/engram.json";
  static final String ALERTS = "deploy/prometheus/alerts.yml";
  static final String PROMETHEUS = "deploy/prometheus/prometheus.yml";

  private Monitoring() {}

  /** The queries of every panel. */
  static List<PromQuery> dashboard() {
    List<PromQuery> queries = new ArrayList<>();
    for (JsonNode panel : Repository.json(DASHBOARD).path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(
            new PromQuery(
                "panel " + panel.path("title").asText(),
                target.path("expr").asText(),
                target.path("legendFormat").asText()));
      }
    }
    return queries;
  }

  /** The condition of every alert. */
  static List<PromQuery> alerts() {
    List<PromQuery> queries = new ArrayList<>();
    for (JsonNode group : Repository.yaml(ALERTS).path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        queries.add(
            new PromQuery(
                "alert " + rule.path("alert").asText(),
                rule.path("expr").asText(),
                rule.path("annotations").path("summary").asText()));
      }
    }
    return queries;
  }
}
