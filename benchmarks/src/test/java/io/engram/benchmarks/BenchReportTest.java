package io.engram.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.benchmarks.BenchReport.Case;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchReportTest {

  private static final BenchReport REPORT =
      new BenchReport(
          "inner-loop",
          new Machine("a processor", 2, 0.1, "Linux", "17"),
          List.of(
              Case.of("mlp", "speed", 60, "µs/step").atLeast(2.0, "libtorch", 2.5),
              Case.of("mlp", "time", 200, "µs/step").atMost(3.5, "first order", 3.6),
              Case.of("mlp", "engram", 60, "µs/step", "58 – 63")));

  @Test
  void theLastLineIsJsonWithTheNamesEveryBenchUses() throws Exception {
    assertThat(REPORT.json()).doesNotContain("\n");
    JsonNode json = new ObjectMapper().readTree(REPORT.json());
    assertThat(json.get("bench").asText()).isEqualTo("inner-loop");
    assertThat(json.get("machine").get("cores").asInt()).isEqualTo(2);
    JsonNode first = json.get("cases").get(0);
    assertThat(first.get("case").asText()).isEqualTo("mlp");
    assertThat(first.get("ratio").asDouble()).isEqualTo(2.5);
    assertThat(first.get("goal").asText()).isEqualTo(">= 2.0");
    assertThat(first.get("met").asBoolean()).isTrue();
    assertThat(json.get("cases").get(1).get("met").asBoolean()).isFalse();
    assertThat(json.get("cases").get(2).get("met").isNull()).isTrue();
  }

  @Test
  void aCaseIsOneFlatObjectAndIsReadAsItWasWritten() throws Exception {
    assertThat(REPORT.json())
        .contains(
            "{\"case\":\"mlp\",\"metric\":\"engram\",\"value\":60.0,\"unit\":\"µs/step\",\"spread\":\"58 – 63\","
                + "\"versus\":null,\"ratio\":null,\"goal\":null,\"met\":null}");
    assertThat(new ObjectMapper().readValue(REPORT.json(), BenchReport.class)).isEqualTo(REPORT);
  }

  @Test
  void theTableSaysWhichGoalsAreMissed() {
    assertThat(REPORT.table())
        .contains("2.50 × libtorch  (goal >= 2.0, met)")
        .contains("3.60 × first order  (goal <= 3.5, MISSED)");
  }
}
