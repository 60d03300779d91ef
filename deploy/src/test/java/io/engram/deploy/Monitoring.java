package io.engram.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the files under {@code deploy} ask of Prometheus. */
final class Monitoring {

  static final String DASHBOARDS = "deploy/grafana/dashboards";
  static final String ALERTS = "deploy/prometheus/alerts.yml";
  static final String PROMETHEUS = "deploy/prometheus/prometheus.yml";

  private Monitoring() {}

  /** The dashboards, by file. */
  static List<JsonNode> boards() {
    try (Stream<Path> files = Files.list(Repository.path(DASHBOARDS))) {
      return files
          .sorted()
          .map(it -> Repository.json(DASHBOARDS + "/" + it.getFileName()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The panels of one that ask for something. */
  static List<JsonNode> panels(JsonNode board) {
    return Tree.items(board.path("panels"))
        .filter(it -> !it.path("type").asText().equals("row"))
        .toList();
  }

  /** The queries of every panel. */
  static List<PromQuery> dashboards() {
    List<PromQuery> queries = new ArrayList<>();
    for (JsonNode board : boards()) {
      for (JsonNode panel : panels(board)) {
        for (JsonNode target : panel.path("targets")) {
          queries.add(
              new PromQuery(
                  "%s: %s".formatted(board.path("title").asText(), panel.path("title").asText()),
                  target.path("expr").asText(),
                  target.path("legendFormat").asText()));
        }
      }
    }
    return queries;
  }

  /** The queries of every annotation, which show something only where something happens. */
  static List<PromQuery> annotations() {
    List<PromQuery> queries = new ArrayList<>();
    for (JsonNode board : boards()) {
      for (JsonNode mark : board.path("annotations").path("list")) {
        queries.add(
            new PromQuery(
                "annotation " + mark.path("name").asText(),
                mark.path("expr").asText(),
                mark.path("textFormat").asText()));
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
