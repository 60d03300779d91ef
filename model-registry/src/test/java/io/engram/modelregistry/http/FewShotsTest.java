package io.engram.modelregistry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.modelregistry.Candidates;
import io.engram.modelregistry.RegistryConfig;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.TestTopics;
import io.engram.modelregistry.gate.PromotionPolicy;
import io.engram.modelregistry.serving.FewShotAnswerer;
import io.engram.modelregistry.serving.FewShotQuestion;
import io.engram.modelregistry.serving.Reply;
import io.engram.modelregistry.serving.Serving;
import io.engram.modelregistry.serving.ServingConfig;
import io.engram.servicekit.health.Health;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The route and its limits; what is answered is the answerer's. */
class FewShotsTest {

  private static final String PATH = "/v1/models/m/adapt-and-predict";
  private static final ServingConfig SMALL =
      new ServingConfig(1, 2, Duration.ofSeconds(30), 4096, 3, 4);

  @TempDir Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private final TestTopics topics = new TestTopics("few-shots");
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<FewShotQuestion> asked = new ArrayList<>();
  private volatile @Nullable CountDownLatch until;
  private @Nullable RegistryService service;
  private @Nullable RegistryHttp http;

  private final FewShotAnswerer echo =
      (version, question) -> {
        CountDownLatch latch = until;
        if (latch != null) {
          try {
            latch.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }
        synchronized (asked) {
          asked.add(question);
        }
        Reply.Answer answer =
            question.level().isPresent()
                ? new Reply.OfNumbers(
                    new float[] {0.1f},
                    new Reply.Between(0.9, new float[] {-1e-30f}, new float[] {3.4e38f}))
                : new Reply.OfClasses("a", Map.of("a", 1f));
        return new Reply.Answers(List.of(answer), question.support().size());
      };

  @BeforeEach
  void start() {
    service =
        RegistryService.start(
            RegistryConfig.in(directory).withPromotion(PromotionPolicy.parse("not-worse(0.05)")),
            topics.topics,
            topics.kafka,
            meters);
    http =
        RegistryHttp.start(
            HttpConfig.in(directory).withPort(0),
            service,
            Health::healthy,
            Optional.of(new Serving(SMALL, echo, meters)));
    Candidates candidates = new Candidates("m");
    topics.publish(candidates.candidate(1, 0.7));
    RegistryService registry = service;
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> registry.status().model("m").registered() == 1);
  }

  @AfterEach
  void stop() {
    if (http != null) {
      http.close();
    }
    if (service != null) {
      service.close();
    }
    topics.close();
  }

  @Test
  void rowsAndQuestionsAreReadAndWhatIsWrongIsSaidWithItsPlace() throws Exception {
    HttpResponse<String> answer =
        post(
            "{\"support\":[{\"features\":[0.1,1e-3],\"label\":\"a\"},{\"label\":\"b\",\"features\":[2,3]}],"
                + "\"questions\":[[1,2],{\"features\":[3,4]}],\"version\":1}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(new ObjectMapper().readTree(answer.body()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    "{\"model\":\"m\",\"version\":1,\"adaptedOn\":2,\"answers\":[{\"label\":\"a\",\"probabilities\":{\"a\":1.0}}]}"));
    FewShotQuestion.Labeled support = (FewShotQuestion.Labeled) asked.get(0).support();
    assertThat(support.labels()).containsExactly("a", "b");
    assertThat(support.features()).containsExactly(new float[] {0.1f, 1e-3f}, new float[] {2, 3});
    assertThat(asked.get(0).questions()).containsExactly(new float[] {1, 2}, new float[] {3, 4});
    assertThat(
            post("{\"support\":[{\"features\":[1],\"label\":[2,3]}],\"questions\":[[1]],\"level\":0.9}")
                .body())
        .contains("\"values\":[0.1]")
        .contains("\"interval\":{\"level\":0.9,\"lower\":[-1.0E-30],\"upper\":[3.4E38]}");

    wrong("", 400, "expected a JSON object");
    wrong("[]", 400, "expected a JSON object");
    wrong("{", 400, "cannot be read as JSON");
    wrong("{}", 400, "questions: expected at least 1 row");
    wrong("{\"questions\":[]}", 400, "questions: expected at least 1 row");
    wrong("{\"questions\":[[1]]} 7", 400, "more behind");
    wrong("{\"quest\":[[1]]}", 400, "unknown member 'quest'");
    wrong("{\"questions\":7}", 400, "questions: found 7, expected a list of rows");
    wrong("{\"questions\":[7]}", 400, "questions[0]: found 7, expected a list of numbers");
    wrong("{\"questions\":[[1],[1,\"x\"]]}", 400, "questions[1][1]: found the text 'x'");
    wrong("{\"questions\":[[1,null]]}", 400, "questions[0][1]: found null, expected a number");
    wrong("{\"questions\":[[NaN]]}", 400, "cannot be read as JSON");
    wrong("{\"questions\":[[1e39]]}", 400, "questions[0][0]: found 1e39, expected a number that");
    wrong("{\"questions\":[[" + "9".repeat(900) + "]]}", 400, "questions[0][0]: found 99");
    wrong("{\"questions\":[[" + "9".repeat(2000) + "]]}", 400, "cannot be read as JSON");
    wrong("{\"questions\":" + "[".repeat(50), 400, "questions[0][0]: found a list");
    wrong("{\"questions\":[[1]],\"questions\":[[1]]}", 400, "Duplicate");
    wrong("{\"questions\":[[1],[1],[1],[1]]}", 400, "questions: more than 3 rows");
    wrong("{\"questions\":[[1,2,3,4,5]]}", 400, "questions[0]: more than 4 numbers");
    wrong("{\"support\":[{\"features\":[1]}]}", 400, "support[0]: 'label' is missing");
    wrong("{\"support\":[{\"label\":1}]}", 400, "support[0]: 'features' is missing");
    wrong(
        "{\"support\":[{\"features\":[1],\"label\":1},{\"features\":[1],\"label\":\"x\"}]}",
        400,
        "support[1].label: found a text, expected a number as in support[0]");
    wrong("{\"support\":[{\"features\":[1],\"label\":null}]}", 400, "support[0].label: found null");
    wrong("{\"level\":\"x\"}", 400, "level: found the text 'x'");
    wrong("{\"questions\":[[1]],\"version\":7}", 404, "has versions 1 to 1, not 7");
    wrong("{\"questions\":[[1]],\"version\":\"prod\"}", 404, "no alias 'prod'");
    wrong(" ".repeat(5000), 413, "4096");
    assertThat(send("/v1/models/x/adapt-and-predict", "{\"questions\":[[1]]}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void beyondItsLimitsItSaysSoAtOnceAndHealthStaysUp() throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    until = latch;
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      waiting.add(
          client.sendAsync(request(PATH, "{\"questions\":[[1]]}"), BodyHandlers.ofString()));
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> waiting.stream().filter(CompletableFuture::isDone).count() == 37);
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(uri("/health")).timeout(Duration.ofSeconds(5)).build(),
                    BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(200);
    latch.countDown();
    int answered = 0;
    for (CompletableFuture<HttpResponse<String>> it : waiting) {
      HttpResponse<String> response = it.get(20, TimeUnit.SECONDS);
      if (response.statusCode() == 200) {
        answered++;
      } else {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
      }
    }
    assertThat(answered).isEqualTo(3);
    assertThat(meters.counter("engram.registry.serving.requests", "outcome", "refused").count())
        .isEqualTo(37);
  }

  private void wrong(String body, int status, String said) throws Exception {
    HttpResponse<String> answer = post(body);
    assertThat(answer.statusCode()).as(body + " " + answer.body()).isEqualTo(status);
    assertThat(new ObjectMapper().readTree(answer.body()).path("detail").asText())
        .as(body)
        .contains(said);
  }

  private HttpResponse<String> post(String body) throws Exception {
    return send(PATH, body);
  }

  private HttpResponse<String> send(String path, String body) throws Exception {
    return client.send(request(path, body), BodyHandlers.ofString());
  }

  private HttpRequest request(String path, String body) {
    return HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)).build();
  }

  private URI uri(String path) {
    RegistryHttp open = http;
    if (open == null) {
      throw new IllegalStateException("not started");
    }
    return open.uri().resolve(path);
  }
}
