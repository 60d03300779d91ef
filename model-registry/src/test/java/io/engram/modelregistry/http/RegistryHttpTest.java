package io.engram.modelregistry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.modelregistry.Candidates;
import io.engram.modelregistry.RegistryConfig;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.TestTopics;
import io.engram.modelregistry.gate.ParameterRetention;
import io.engram.modelregistry.gate.PromotionPolicy;
import io.engram.modelregistry.page.StudyDesk;
import io.engram.schemas.TraceContext;
import io.engram.servicekit.health.Health;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryHttpTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MODEL = "/v1/models/m";

  @TempDir Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private final TestTopics topics = new TestTopics("http");
  private final Candidates candidates = new Candidates("m");
  private @Nullable RegistryService service;
  private @Nullable RegistryHttp http;

  @BeforeEach
  void start() {
    RegistryConfig config =
        RegistryConfig.in(directory)
            .withPromotion(PromotionPolicy.parse("not-worse(0.05)"))
            .withRetention(new ParameterRetention(3, 3));
    service = RegistryService.start(config, topics.topics, topics.kafka, new SimpleMeterRegistry());
    http = RegistryHttp.start(HttpConfig.in(directory).withPort(0), service);
    topics.publish(
        candidates.candidate(1, 0.7), candidates.candidate(2, 0.8), candidates.candidate(3, 0.5));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> service().status().model("m").registered() == 3);
  }

  @AfterEach
  void stop() {
    http().close();
    service().close();
    topics.close();
  }

  @Test
  void versionsAreListedShownComparedAndTheirHistoryTold() throws Exception {
    JsonNode model = get(MODEL);
    assertThat(model.path("champion").asLong()).isEqualTo(2);
    assertThat(model.path("refusals").asLong()).isEqualTo(1);
    assertThat(get("/v1/models").path("models")).containsExactly(model);

    JsonNode first = get(MODEL + "/versions?limit=2");
    assertThat(first.path("versions").findValuesAsText("version")).containsExactly("3", "2");
    JsonNode second = get(MODEL + "/versions?limit=2&before=" + first.path("next").asText());
    assertThat(second.path("versions").findValuesAsText("version")).containsExactly("1");
    assertThat(second.path("next").isNull()).isTrue();

    assertThat(first.path("versions").findValuesAsText("state"))
        .containsExactly("REFUSED", "CHAMPION");
    assertThat(first.path("versions").get(0).path("reason").asText()).contains("worse than");
    assertThat(second.path("versions").findValuesAsText("state")).containsExactly("PROMOTED");
    JsonNode course = get(MODEL + "/course");
    assertThat(course.path("versions").findValuesAsText("version")).containsExactly("1", "2", "3");
    assertThat(course.path("versions").findValuesAsText("state"))
        .containsExactly("PROMOTED", "CHAMPION", "REFUSED");
    assertThat(course.path("of").asLong()).isEqualTo(3);
    assertThat(get(MODEL + "/adaptation").path("state").asText()).isEqualTo("NONE");

    JsonNode champion = get(MODEL + "/versions/champion");
    assertThat(champion.path("version").asLong()).isEqualTo(2);
    assertThat(champion.path("lineage").path("parentCandidateId").asText()).isEqualTo("line-1");

    JsonNode compared = get(MODEL + "/compare?a=1&b=champion");
    assertThat(compared.path("metrics").path("prequential.window").path("change").asDouble())
        .isBetween(0.09, 0.11);
    assertThat(compared.path("bDescendsFromA").asBoolean()).isTrue();
    assertThat(compared.path("distances").path("parameters").asDouble()).isPositive();
    assertThat(compared.path("distances").path("parameters/0.bias").asDouble())
        .isPositive()
        .isLessThan(compared.path("distances").path("parameters").asDouble());

    JsonNode history = get(MODEL + "/history?after=4");
    assertThat(history.path("events").findValuesAsText("kind"))
        .containsExactly("Registered", "Refused");
    assertThat(history.path("events").get(1).path("reason").asText()).contains("worse than");
    assertThat(get(MODEL + "/champions").path("champions").findValuesAsText("version"))
        .containsExactly("1", "2");
    assertThat(get("/health").path("status").asText()).isEqualTo("UP");
  }

  @Test
  void rollingBackIsOneCallAndTheWithdrawnLineIsNotPromotedAgain() throws Exception {
    HttpResponse<String> answer =
        send("POST", MODEL + "/rollback", "{\"actor\":\"ann\",\"reason\":\"it drifts\"}", true);
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode model = JSON.readTree(answer.body());
    assertThat(model.path("champion").asLong()).isEqualTo(1);
    assertThat(model.path("withdrawn")).containsExactly(JSON.readTree("2"));
    assertThat(topics.updates())
        .extracting(update -> update.manifest().getVersion())
        .containsExactly(1L, 2L, 1L);

    topics.publish(candidates.candidate(4, 0.99));
    awaitVersions(4);
    assertThat(get(MODEL).path("champion").asLong()).isEqualTo(1);
    assertThat(get(MODEL + "/history?limit=500").path("events").findValuesAsText("rule"))
        .last()
        .isEqualTo("withdrawn");

    assertThat(send("POST", MODEL + "/promote", "{\"version\":4}", true).statusCode())
        .isEqualTo(200);
    topics.publish(candidates.candidate(5, 0.99));
    awaitVersions(5);
    assertThat(get(MODEL).path("champion").asLong()).isEqualTo(5);
    JsonNode champions = get(MODEL + "/champions").path("champions");
    assertThat(champions.findValuesAsText("by"))
        .containsExactly("gate", "gate", "ann", "rest", "gate");
    assertThat(champions.findValuesAsText("how").get(2)).isEqualTo("ROLLED_BACK");
  }

  @Test
  void whatARequestChangesHasItsTrace() throws Exception {
    String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    String token = Files.readString(directory.resolve("token")).strip();
    Map<String, String> headers = Map.of("Authorization", "Bearer " + token, "traceparent", parent);
    assertThat(send("POST", MODEL + "/rollback", "{}", headers).statusCode()).isEqualTo(200);
    List<Optional<TraceContext>> events = topics.traces(topics.topics.registryEvents());
    assertThat(events.get(events.size() - 1)).isEqualTo(TraceContext.of(parent));
    List<Optional<TraceContext>> updates = topics.traces(topics.topics.modelUpdates());
    assertThat(updates.get(0)).isEmpty();
    assertThat(updates.get(updates.size() - 1)).isEqualTo(TraceContext.of(parent));
  }

  @Test
  void aPinnedChampionStaysUntilItIsUnpinned() throws Exception {
    assertThat(send("POST", MODEL + "/pin", "", true).statusCode()).isEqualTo(200);
    topics.publish(candidates.candidate(4, 0.99));
    awaitVersions(4);
    assertThat(get(MODEL).path("champion").asLong()).isEqualTo(2);
    assertProblem(send("POST", MODEL + "/promote", "{\"version\":4}", true), 409, "pinned");
    assertProblem(send("POST", MODEL + "/rollback", "", true), 409, "pinned");
    assertThat(send("POST", MODEL + "/unpin", "", true).statusCode()).isEqualTo(200);
    assertThat(send("POST", MODEL + "/promote", "{\"version\":4}", true).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aliasesAndTagsAreKeptAndKeepTheirVersionsParameters() throws Exception {
    assertThat(send("PUT", MODEL + "/aliases/prod", "{\"version\":1}", true).statusCode())
        .isEqualTo(200);
    assertThat(
            send("PUT", MODEL + "/versions/prod/tags/note", "{\"value\":\"good\"}", true)
                .statusCode())
        .isEqualTo(200);
    for (int n = 4; n <= 8; n++) {
      topics.publish(candidates.candidate(n, 0.1));
    }
    awaitVersions(8);
    JsonNode prod = get(MODEL + "/versions/prod");
    assertThat(prod.path("parametersKept").asBoolean()).isTrue();
    assertThat(prod.path("tags").path("note").asText()).isEqualTo("good");
    assertProblem(send("GET", MODEL + "/versions/4/parameters", "", false), 410, "no longer kept");
    assertProblem(send("POST", MODEL + "/promote", "{\"version\":4}", true), 409, "no longer kept");
    assertProblem(
        send("PUT", MODEL + "/aliases/champion", "{\"version\":1}", true), 400, "champion");
    assertThat(send("DELETE", MODEL + "/aliases/prod", "", true).statusCode()).isEqualTo(200);
    assertProblem(send("GET", MODEL + "/versions/prod", "", false), 404, "no alias 'prod'");
  }

  @Test
  void parametersAreDownloadedWholeOrInPartOrNotAgain() throws Exception {
    byte[] expected = candidates.candidate(1, 0.7).parameters();
    URI uri = http().uri().resolve(MODEL + "/versions/1/parameters");
    HttpResponse<byte[]> whole =
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    assertThat(whole.body()).containsExactly(expected);
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> part =
        client.send(
            HttpRequest.newBuilder(uri).header("Range", "bytes=2-4").build(),
            BodyHandlers.ofByteArray());
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Range")).contains("bytes 2-4/8");
    assertThat(part.body()).containsExactly(Arrays.copyOfRange(expected, 2, 5));
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(uri).header("Range", "bytes=-3").build(),
                    BodyHandlers.ofByteArray())
                .body())
        .containsExactly(Arrays.copyOfRange(expected, 5, 8));
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(uri).header("Range", "bytes=8-").build(),
                    BodyHandlers.ofByteArray())
                .statusCode())
        .isEqualTo(416);
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(uri).header("If-None-Match", tag).build(),
                    BodyHandlers.ofByteArray())
                .statusCode())
        .isEqualTo(304);
  }

  @Test
  void whatIsWrongIsAProblemThatSaysWhat() throws Exception {
    assertProblem(send("GET", "/v1/models/nobody", "", false), 404, "there are [m]");
    assertProblem(send("GET", MODEL + "/versions/9", "", false), 404, "versions 1 to 3");
    assertProblem(send("GET", MODEL + "/versions?limit=0", "", false), 400, "must be 1 to 500");
    assertProblem(send("GET", MODEL + "/compare?a=1", "", false), 400, "'b' is missing");
    assertProblem(send("PATCH", MODEL, "", true), 405, "PATCH");
    assertProblem(send("GET", "/nothing", "", false), 404, "/openapi.json");
    assertProblem(send("POST", MODEL + "/promote", "{\"version\":1}", false), 401, "Bearer");
    assertProblem(send("POST", MODEL + "/promote", "{", true), 400, "no JSON");
    assertProblem(send("POST", MODEL + "/promote", "{}", true), 400, "'version' is missing");
    assertProblem(send("POST", MODEL + "/promote", "{\"v\":1}", true), 400, "unknown member 'v'");
    assertProblem(send("POST", MODEL + "/promote", "x".repeat(70_000), true), 413, "65536");
    assertProblem(
        send("POST", MODEL + "/rollback", "{\"version\":3}", true), 409, "was not champion");
  }

  @Test
  void everyCallThatChangesSomethingNeedsTheToken() throws Exception {
    long events = service().image().events();
    int changing = 0;
    for (Route route : routes()) {
      if (route.changes()) {
        changing++;
        String path =
            route.template().replace("{model}", "m").replaceAll("\\{(version|alias|tag)}", "1");
        assertProblem(send(route.method(), path, "{}", false), 401, "Bearer");
        for (String wrong :
            List.of("Bearer", "Bearer ", "Bearer x", "Basic eDp4", "bearer " + "0".repeat(64))) {
          assertProblem(
              send(route.method(), path, "{}", Map.of("Authorization", wrong)), 401, "Bearer");
        }
      }
    }
    assertThat(changing).isEqualTo(8);
    assertThat(service().image().events()).isEqualTo(events);
  }

  @Test
  void aCallMayDependOnTheModelBeingWhatItWas() throws Exception {
    String tag = send("GET", MODEL, "", false).headers().firstValue("ETag").orElseThrow();
    for (String nonsense : List.of("x", "\"", "\"a\" \"b\"", "*,\"a\"", "'a'", "W/a")) {
      assertProblem(
          send("POST", MODEL + "/pin", "", authorized(Map.of("If-Match", nonsense))),
          400,
          "if-match");
    }
    assertProblem(
        send("POST", MODEL + "/pin", "", authorized(Map.of("If-Match", "\"a\", W/" + tag))),
        412,
        tag.substring(1, 8));
    assertThat(get(MODEL).path("pinned").asBoolean()).isFalse();
    assertThat(
            send("POST", MODEL + "/pin", "", authorized(Map.of("If-Match", "\"a\", " + tag)))
                .statusCode())
        .isEqualTo(200);
    assertProblem(
        send("POST", MODEL + "/unpin", "", authorized(Map.of("If-Match", tag))), 412, "changed");
    assertThat(send("POST", MODEL + "/unpin", "", authorized(Map.of("If-Match", "*"))).statusCode())
        .isEqualTo(200);
  }

  @Test
  void ofManyThatDependOnOneStateOneWins() throws Exception {
    String tag = send("GET", MODEL, "", false).headers().firstValue("ETag").orElseThrow();
    Map<String, String> headers = authorized(Map.of("If-Match", tag));
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(http().uri().resolve(MODEL + "/promote"))
              .POST(BodyPublishers.ofString("{\"version\":%d}".formatted(i % 2 == 0 ? 1 : 3)));
      headers.forEach(request::header);
      answers.add(
          client
              .sendAsync(request.build(), BodyHandlers.ofString())
              .thenApply(HttpResponse::statusCode));
    }
    assertThat(answers.stream().map(CompletableFuture::join).filter(it -> it != 503).sorted())
        .startsWith(200, 412)
        .containsOnlyOnce(200)
        .containsOnly(200, 412);
  }

  @Test
  void aRollbackRepeatedIsNotTwo() throws Exception {
    topics.publish(candidates.candidate(4, 0.9));
    awaitVersions(4);
    assertThat(get(MODEL).path("champion").asLong()).isEqualTo(4);
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer = send("POST", MODEL + "/rollback", "", true);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(JSON.readTree(answer.body()).path("champion").asLong()).isEqualTo(2);
    }
    assertThat(send("POST", MODEL + "/rollback", "{\"version\":1}", true).statusCode())
        .isEqualTo(200);
    assertThat(get(MODEL).path("champion").asLong()).isEqualTo(1);
    assertThat(send("POST", MODEL + "/rollback", "{\"version\":1}", true).statusCode())
        .isEqualTo(200);
  }

  @Test
  void theTokenIsItsOwnersAlone() throws Exception {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("token"))))
        .isEqualTo("rw-------");
    assertThat(Files.readString(directory.resolve("token")).strip()).matches("[0-9a-f]{64}");
  }

  @Test
  void changesAreToldAsTheyHappen() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(http().uri().resolve("/v1/events?after=4")).build();
    HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
    try (BufferedReader events =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertThat(kinds(events, 2)).containsExactly("5 Registered", "6 Refused");
      assertThat(send("POST", MODEL + "/rollback", "", true).statusCode()).isEqualTo(200);
      assertThat(kinds(events, 1)).containsExactly("7 RolledBack");
    }
  }

  @Test
  void theDocumentDescribesEveryCallAndNoOther() throws Exception {
    JsonNode document = get("/openapi.json");
    assertThat(document.path("openapi").asText()).startsWith("3.1");
    List<String> described = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        described.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            routes().stream()
                .map(route -> route.method() + " " + route.template())
                .collect(Collectors.toList()));
    requireMembers(document, "Model", get(MODEL));
    requireMembers(document, "Version", get(MODEL + "/versions/1"));
    requireMembers(document, "Event", get(MODEL + "/history").path("events").get(0));
  }

  @Test
  void schemasAreServedByNameAndByFingerprint() throws Exception {
    JsonNode all = get("/v1/schemas").path("schemas");
    assertThat(all).hasSizeGreaterThanOrEqualTo(7);
    for (JsonNode each : all) {
      JsonNode schema = get("/v1/schemas/" + each.path("name").asText());
      assertThat(schema.path("name").asText()).isEqualTo(each.path("record").asText());
      assertThat(get("/v1/schemas/" + each.path("fingerprint").asText())).isEqualTo(schema);
    }
    assertThat(get("/v1/schemas/Task")).isEqualTo(get("/v1/schemas/Task.2"));
    assertProblem(send("GET", "/v1/schemas/Nothing", "", false), 404, "LabeledExample.1");
  }

  private List<Route> routes() {
    StudyDesk nobody = new StudyDesk(Optional.empty());
    return Routes.of(service(), Health::healthy, Optional.empty(), nobody);
  }

  private static void requireMembers(JsonNode document, String schema, JsonNode value) {
    JsonNode required = document.at("/components/schemas/" + schema + "/required");
    assertThat(required).isNotEmpty();
    required.forEach(name -> assertThat(value.has(name.asText())).as(name.asText()).isTrue());
  }

  private static List<String> kinds(BufferedReader events, int count) throws IOException {
    List<String> kinds = new ArrayList<>();
    String id = "";
    while (kinds.size() < count) {
      String line = String.valueOf(events.readLine());
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        kinds.add(id + " " + line.substring(7));
      }
    }
    return kinds;
  }

  private void awaitVersions(long count) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> service().status().model("m").registered() == count);
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = send("GET", path, "", false);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> send(String method, String path, String body, boolean withToken)
      throws Exception {
    return send(method, path, body, withToken ? authorized(Map.of()) : Map.of());
  }

  private HttpResponse<String> send(
      String method, String path, String body, Map<String, String> headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(http().uri().resolve(path))
            .method(method, BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private Map<String, String> authorized(Map<String, String> headers) throws IOException {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Authorization", "Bearer " + Files.readString(directory.resolve("token")).strip());
    return all;
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String detail)
      throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(JSON.readTree(answer.body()).path("detail").asText()).contains(detail);
  }

  private RegistryService service() {
    return Objects.requireNonNull(service);
  }

  private RegistryHttp http() {
    return Objects.requireNonNull(http);
  }
}
