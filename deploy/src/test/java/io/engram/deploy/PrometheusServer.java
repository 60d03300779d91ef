package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.deploy.Http.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A Prometheus that runs. */
final class PrometheusServer implements AutoCloseable {

  /** Four scrape intervals: what Grafana makes of {@code $__rate_interval}. */
  private static final String RATE_INTERVAL = "20s";

  private final ChildProcess process;
  private final int port;

  private PrometheusServer(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  static PrometheusServer start(ChildProcess process, int port) {
    PrometheusServer server = new PrometheusServer(process, port);
    try {
      process.awaitErrorLine(Pattern.compile("Server is ready to receive web requests"));
      return server;
    } catch (RuntimeException | AssertionError e) {
      process.close();
      throw e;
    }
  }

  /** How many series the query gives now; a query that Prometheus does not understand fails the test. */
  int series(PromQuery query) {
    String expression =
        query
            .expression()
            .replace("$__rate_interval", RATE_INTERVAL)
            .replaceAll("\"\\$(job|instance|model)\"", "\".+\"");
    Answer answer =
        Http.get(
            port, "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
    assertThat(answer.status()).as("%s: %s", query.where(), answer.body()).isEqualTo(200);
    JsonNode result = Tree.parse(answer.body());
    assertThat(result.path("status").asText()).as(query.where()).isEqualTo("success");
    return result.path("data").path("result").size();
  }

  @Override
  public void close() {
    process.close();
  }
}
