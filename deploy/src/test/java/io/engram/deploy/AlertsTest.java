package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** When the alerts ring, on series written down in {@code alerts.test.yml}. */
final class AlertsTest {

  private static final String TESTS = "deploy/src/test/resources/alerts.test.yml";

  @Test
  void everyAlertIsTried() {
    Set<String> fired = new TreeSet<>();
    for (JsonNode trial : Repository.yaml(TESTS).findValues("alert_rule_test")) {
      for (JsonNode expected : trial) {
        if (!expected.path("exp_alerts").isEmpty()) {
          fired.add(expected.path("alertname").asText());
        }
      }
    }
    assertThat(fired)
        .containsExactlyInAnyOrderElementsOf(
            new TreeSet<>(Repository.yaml(Monitoring.ALERTS).findValuesAsText("alert")));
  }

  @Test
  void everyAlertHasARunbookInTheManual() {
    for (JsonNode rule : Repository.yaml(Monitoring.ALERTS).findValues("rules").get(0)) {
      String alert = rule.path("alert").asText();
      String runbook = rule.path("annotations").path("runbook_url").asText();
      assertThat(runbook).isEqualTo("%s#%s".formatted(Manual.FILE, alert.toLowerCase(Locale.ROOT)));
      assertThat(Manual.anchors()).contains(alert.toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void theyRingWhenTheyShouldAndNotBefore() {
    PrometheusTools.require().tryRules(TESTS);
  }
}
