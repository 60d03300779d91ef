package io.engram.modelregistry.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Roles that are other processes: what is read of them, and what of those that say nothing, too much or nonsense. */
class RolesApartTest {

  private final List<HttpServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  @Test
  void theNumbersOfAllRolesAreShownTogether() throws IOException {
    Map<String, URI> roles = new LinkedHashMap<>();
    roles.put(
        "ingest",
        role(
            200,
            "up\n",
            """
            # HELP engram_ingest_lag of it
            engram_ingest_lag 12.0
            engram_ingest_log_examples 1000.0
            engram_ingest_rejected_total{reason="not-a-number"} 3.0
            engram_ingest_rejected_total{reason="too-long",topic="a"} 5.0
            engram_ingest_rejected_total{reason="deletion"} 0.0
            """));
    roles.put(
        "learner",
        role(
            503,
            "the learner has got nothing done",
            """
            engram_learner_tasks_total 77.0
            engram_learner_lag -1.0
            engram_learner_score_model 0.9
            engram_learner_score_three_nearest NaN
            engram_learner_score_support_mean 0.5
            """));
    roles.put(
        "predict",
        role(200, "up\n", "engram_predict_answered 7\nengram_predict_live_score 0.25\n"));
    PipelineStatus seen = new RolesApart(roles).now();
    assertThat(seen.roles())
        .containsExactly(
            RoleState.running("registry"),
            RoleState.running("ingest"),
            new RoleState("learner", RoleState.State.WAITING, "the learner has got nothing done"),
            RoleState.running("predict"));
    assertThat(seen.progress())
        .isEqualTo(new Progress(1000L, null, null, 77L, null, null, 12L, null));
    assertThat(seen.window())
        .containsExactly(
            new Score("model", "learned model", 0.9),
            new Score("supportMean", "support mean", 0.5));
    assertThat(seen.rejected())
        .containsExactly(new Rejected("too-long", 5, ""), new Rejected("not-a-number", 3, ""));
    assertThat(seen.live()).isEqualTo(new Live(7, 0, 0.25, List.of()));
  }

  @Test
  void whoDoesNotAnswerOrNeverStopsHoldsNobodyUp() throws IOException {
    HttpServer endless = server();
    endless.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            byte[] line = "x".repeat(1023).concat("\n").getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 1_000_000; i++) {
              out.write(line);
            }
          }
        });
    Map<String, URI> roles = new LinkedHashMap<>();
    roles.put("ingest", URI.create("http://127.0.0.1:1"));
    roles.put("learner", at(endless));
    Instant start = Instant.now();
    PipelineStatus seen = new RolesApart(roles).now();
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    assertThat(seen.roles())
        .extracting(RoleState::state)
        .containsExactly(RoleState.State.RUNNING, RoleState.State.STOPPED, RoleState.State.STOPPED);
    assertThat(seen.roles().get(2).detail()).contains("more than 16384 bytes");
    assertThat(seen.progress()).isEqualTo(Progress.UNKNOWN);
  }

  @Test
  void anAddressIsOne() {
    assertThatThrownBy(() -> new RolesApart(Map.of("ingest", URI.create("ingest:9466"))))
        .hasMessage("ingest must be like http://host:9465, found 'ingest:9466'");
  }

  private URI role(int status, String health, String metrics) throws IOException {
    HttpServer server = server();
    answer(server, "/health", status, health);
    answer(server, "/metrics", 200, metrics);
    return at(server);
  }

  private static void answer(HttpServer server, String path, int status, String text) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
  }

  private HttpServer server() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    servers.add(server);
    return server;
  }

  private static URI at(HttpServer server) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }
}
