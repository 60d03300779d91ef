package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.deploy.ComposeFile.Mount;
import io.engram.deploy.ComposeFile.Port;
import io.engram.deploy.ComposeFile.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Prometheus' and Grafana's files against each other and {@code docker-compose.yml}. */
final class MonitoringFilesTest {

  private static final ComposeFile COMPOSE = ComposeFile.read();
  private static final JsonNode PROMETHEUS = Repository.yaml(Monitoring.PROMETHEUS);
  private static final JsonNode DATASOURCE =
      Repository.yaml("deploy/grafana/provisioning/datasources/prometheus.yml")
          .path("datasources")
          .path(0);

  @Test
  void everyRoleIsScrapedWhereItServesMetrics() {
    List<String> expected = new ArrayList<>();
    for (Service role : COMPOSE.roles()) {
      expected.add("%s at %s:%s".formatted(role.name(), role.name(), role.test().get(1)));
    }
    List<String> scraped = new ArrayList<>();
    for (JsonNode group : PROMETHEUS.path("scrape_configs").path(0).path("static_configs")) {
      String role = group.path("labels").path("role").asText();
      Tree.texts(group.path("targets")).forEach(it -> scraped.add("%s at %s".formatted(role, it)));
    }
    assertThat(scraped).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void ruleFilesLieBesideTheConfiguration() {
    for (String file : Tree.texts(PROMETHEUS.path("rule_files"))) {
      assertThat(Repository.path("deploy/prometheus").resolve(file)).exists();
    }
    assertThat(mount("prometheus", "/etc/prometheus").source()).isEqualTo("./deploy/prometheus");
    assertThat(COMPOSE.service("prometheus").command())
        .contains("--config.file=/etc/prometheus/prometheus.yml");
  }

  @Test
  void theDatasourceIsTheServiceOfCompose() {
    List<Port> ports = COMPOSE.service("prometheus").ports();
    assertThat(DATASOURCE.path("url").asText())
        .isEqualTo("http://prometheus:" + ports.get(0).inContainer());
    assertThat(DATASOURCE.path("jsonData").path("timeInterval").asText())
        .isEqualTo(PROMETHEUS.path("global").path("scrape_interval").asText());
  }

  @Test
  void grafanaFindsTheDashboard() {
    String path =
        Repository.yaml("deploy/grafana/provisioning/dashboards/engram.yml")
            .path("providers")
            .path(0)
            .path("options")
            .path("path")
            .asText();
    Mount mount = mount("grafana", path);
    assertThat(mount.onHost().resolve("engram.json")).exists();
    assertThat(COMPOSE.service("grafana").environment())
        .containsEntry("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH", path + "/engram.json");
    assertThat(mount("grafana", "/etc/grafana/provisioning").onHost()).isDirectory();
  }

  @Test
  void queriesAreReadAsWritten() {
    PromQuery query =
        new PromQuery(
            "here",
            "sum by (role, area) (rate(a_total{kind=\"x\", why!~\"y\"}[5m])) > 0.05 and delta(b[10m]) < c",
            "{{role}} {{ $labels.job }} {{ $value }}");
    assertThat(query.metrics()).isEqualTo(Set.of("a_total", "b", "c"));
    assertThat(query.labels("a_total")).isEqualTo(Set.of("role", "area", "kind", "why", "job"));
    assertThat(query.labels("b")).isEqualTo(Set.of("role", "area", "job"));
  }

  private static Mount mount(String service, String inContainer) {
    return COMPOSE.service(service).mounts().stream()
        .filter(it -> it.inContainer().equals(inContainer))
        .findFirst()
        .orElseThrow();
  }
}
