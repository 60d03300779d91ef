package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of Grafana's own dashboard linter, on every dashboard. */
final class DashboardRulesTest {

  private static final Pattern SELECTOR = Pattern.compile("\\b([a-z]\\w*)\\{([^}]*)}");
  private static final Pattern COUNTER = Pattern.compile("\\b\\w+_total\\b");
  private static final Pattern RATED =
      Pattern.compile("(rate|increase)\\(\\w+\\{[^}]*}\\[[^]]*]\\)");
  private static final Pattern RANGE = Pattern.compile("\\[([^]]*)]");

  static List<JsonNode> boards() {
    return Monitoring.boards();
  }

  @ParameterizedTest
  @MethodSource("boards")
  void variablesChooseSourceJobInstanceAndModel(JsonNode board) {
    Map<String, JsonNode> variables =
        Tree.items(board.path("templating").path("list"))
            .collect(Collectors.toMap(it -> it.path("name").asText(), it -> it));
    assertThat(variables).containsKeys("datasource", "job", "instance", "model");
    assertThat(variable(variables, "datasource").path("label").asText()).isEqualTo("Data source");
    assertThat(variable(variables, "datasource").path("query").asText()).isEqualTo("prometheus");
    for (String name : List.of("job", "instance", "model")) {
      JsonNode variable = variable(variables, name);
      assertThat(variable.path("type").asText()).isEqualTo("query");
      assertThat(variable.path("label").asText()).isEqualToIgnoringCase(name);
      assertThat(variable.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
      assertThat(variable.path("multi").asBoolean()).isTrue();
      assertThat(variable.path("includeAll").asBoolean()).isTrue();
      assertThat(variable.path("allValue").asText()).isEqualTo(".+");
      assertThat(variable.path("refresh").asInt()).as("on time range change").isEqualTo(2);
    }
  }

  private static JsonNode variable(Map<String, JsonNode> variables, String name) {
    return Optional.ofNullable(variables.get(name)).orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("boards")
  void panelsSayWhatTheyShow(JsonNode board) {
    assertThat(board.path("editable").asBoolean(true)).isFalse();
    assertThat(Tree.everywhere(board.path("panels"), "id")).doesNotHaveDuplicates();
    for (JsonNode panel : Monitoring.panels(board)) {
      String title = panel.path("title").asText();
      assertThat(title).isNotBlank();
      assertThat(panel.path("description").asText()).as(title).isNotBlank();
      assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
          .as(title)
          .isNotBlank();
      assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
      assertThat(panel.path("targets")).as(title).isNotEmpty();
      String url = panel.path("links").path(0).path("url").asText();
      assertThat(url).startsWith("${manual}#");
      assertThat(Manual.anchors()).as(title).contains(url.substring(url.indexOf('#') + 1));
    }
  }

  @ParameterizedTest
  @MethodSource("boards")
  void panelsDoNotOverlap(JsonNode board) {
    boolean[][] taken = new boolean[500][24];
    for (JsonNode panel : board.path("panels")) {
      JsonNode place = panel.path("gridPos");
      for (int y = 0; y < place.path("h").asInt(); y++) {
        for (int x = 0; x < place.path("w").asInt(); x++) {
          int row = place.path("y").asInt() + y;
          int column = place.path("x").asInt() + x;
          assertThat(taken[row][column]).as(panel.path("title").asText()).isFalse();
          taken[row][column] = true;
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("boards")
  void queriesSelectRateAndParse(JsonNode board) {
    Stream<String> queries =
        Monitoring.panels(board).stream()
            .flatMap(it -> Tree.items(it.path("targets")))
            .map(it -> it.path("expr").asText());
    queries.forEach(
        query -> {
          Matcher selectors = SELECTOR.matcher(query);
          int metrics = 0;
          while (selectors.find()) {
            metrics++;
            assertThat(selectors.group(2))
                .as(query)
                .contains("job=~\"$job\"")
                .contains("instance=~\"$instance\"");
          }
          assertThat(metrics).as(query).isPositive();
          assertThat(COUNTER.matcher(RATED.matcher(query).replaceAll("")).find())
              .as("a counter without its rate: %s", query)
              .isFalse();
          RANGE
              .matcher(query)
              .results()
              .forEach(range -> assertThat(range.group(1)).as(query).isEqualTo("$__rate_interval"));
        });
  }
}
