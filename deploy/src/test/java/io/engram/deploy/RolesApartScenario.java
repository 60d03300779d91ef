package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.client.Answers;
import io.engram.client.Example;
import io.engram.client.ExampleProducer;
import io.engram.client.Model;
import io.engram.client.ModelSubscriber;
import io.engram.deploy.Http.Answer;
import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.NumberAnswer;
import io.engram.servicekit.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The roles of {@code docker-compose.yml}, started with its own command lines against any Kafka: they learn from a stream and publish,
 * tell how they are, and stop when told to. Subclasses bring the Kafka.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(480)
abstract class RolesApartScenario {

  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final SineWaves STREAM = new SineWaves(400);
  private static final String MODEL = "default";

  /** What Prometheus itself adds to a sample, two of them by the project's prometheus.yml. */
  private static final Set<String> ADDED_LABELS = Set.of("job", "instance", "role");

  private final Map<String, ComposedRole> roles = new LinkedHashMap<>();
  private final Map<String, Object> kafka = new HashMap<>();
  private Path temporary = Path.of("");
  private Path directory = Path.of("");

  /** Starts Kafka, without topics, and says where it listens. */
  abstract String startKafka(Path directory);

  /** Stops it. */
  abstract void stopKafka();

  @BeforeAll
  void start(@TempDir Path there) {
    directory = there;
    temporary = ComposedRole.temporary(directory);
    String bootstrap = startKafka(directory);
    kafka.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    for (ComposeFile.Service service : ComposeFile.read().roles()) {
      roles.put(service.name(), ComposedRole.start(service, bootstrap, directory));
    }
    roles.values().forEach(ComposedRole::port);
    STREAM.send(bootstrap);
  }

  @AfterAll
  void stop() {
    roles.values().forEach(ComposedRole::close);
    stopKafka();
  }

  @Test
  @Order(1)
  void whatIsSentComesBackAsAModel() throws InterruptedException, TimeoutException {
    try (ModelSubscriber subscriber = ModelSubscriber.start(MODEL, new Topics(""), kafka)) {
      Model model = subscriber.awaitVersion(1, PATIENCE);
      assertThat(model.parameters()).hasSize(1 * 40 + 40 + 40 * 40 + 40 + 40 + 1);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(metrics("ingest").sum("engram_ingest_examples_total"))
                    .isEqualTo(STREAM.examples() + 1);
                assertThat(metrics("ingest").sum("engram_ingest_rejected_total")).isEqualTo(1);
                assertThat(metrics("learner").sum("engram_learner_tasks_total"))
                    .isEqualTo(STREAM.count());
                assertThat(metrics("learner").sum("engram_learner_lag")).isZero();
              });
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(metrics("registry").sum("engram_registry_champion"))
                      .isEqualTo(
                          subscriber.current().map(Model::version).orElse(0L).doubleValue()));
    }
  }

  /** Left there by a kill -9, 15 MB at each start would stay for good. */
  @Test
  @Order(2)
  void nativeCodeOfTheStoresIsNotUnpackedAmongTemporaryFiles() throws IOException {
    assertThat(roles).containsKeys("ingest", "learner");
    try (Stream<Path> files = Files.walk(temporary)) {
      assertThat(files.map(Path::toString)).noneMatch(file -> file.contains("rocksdb"));
    }
  }

  @Test
  @Order(2)
  void everyRoleIsHealthyAndTheImagesHealthCheckSeesIt() {
    String healthcheck = Repository.path("deploy/image/healthcheck").toString();
    for (ComposedRole role : roles.values()) {
      assertThat(Http.get(role.port(), "/health")).isEqualTo(new Answer(200, "up\n"));
      assertThat(ChildProcess.run(List.of(healthcheck, Integer.toString(role.port()))))
          .as(role.name())
          .isZero();
    }
    assertThat(ChildProcess.run(List.of(healthcheck, "1"))).isNotZero();
  }

  /** Numbers of Kafka Streams' stores are found a minute after these are opened. */
  @Test
  @Order(7)
  void everyMetricAndLabelThatIsAskedForIsThere() {
    await().atMost(PATIENCE).untilAsserted(this::assertEveryMetricAndLabelIsThere);
  }

  private void assertEveryMetricAndLabelIsThere() {
    Map<String, Set<String>> exposed = exposed();
    exposed.put("up", Set.of());
    Stream.of(Monitoring.dashboards(), Monitoring.alerts(), Monitoring.annotations())
        .flatMap(List::stream)
        .forEach(
            query -> {
              assertThat(exposed.keySet()).as(query.where()).containsAll(query.metrics());
              for (String metric : query.metrics()) {
                Set<String> labels = new HashSet<>(exposed.getOrDefault(metric, Set.of()));
                labels.addAll(ADDED_LABELS);
                assertThat(labels).as(query.where()).containsAll(query.selected(metric));
              }
            });
  }

  @Test
  @Order(4)
  void whatIsDeclaredIsExportedAndNothingElse() {
    Set<String> declared =
        Catalogue.all().stream().flatMap(Catalogue::series).collect(Collectors.toSet());
    Set<String> exposed = exposed().keySet();
    assertThat(declared)
        .containsAll(exposed.stream().filter(it -> it.startsWith("engram_")).toList());
    for (Metric metric : Catalogue.all()) {
      assertThat(exposed).containsAnyElementsOf(Catalogue.series(metric).toList());
    }
  }

  @Test
  @Order(4)
  void promtoolFindsNothingAmissInWhatIsExported(@TempDir Path directory) {
    PrometheusTools tools = PrometheusTools.require();
    for (ComposedRole role : roles.values()) {
      assertThat(tools.checkMetrics(Http.get(role.port(), "/metrics").body(), directory))
          .as(role.name())
          .isEmpty();
    }
  }

  @Test
  @Order(5)
  void questionsAreAnsweredOnceThoughWhoAnswersIsKilledAndTheirLabelsAreLearnedFrom()
      throws Exception {
    Topics topics = new Topics("");
    try (ExampleProducer examples = ExampleProducer.open(topics, kafka);
        Answers answers = Answers.open(topics, kafka, PATIENCE)) {
      for (int i = 0; i < 5; i++) {
        examples
            .send(Example.of("asked", new float[] {i}, (float) Math.sin(i)))
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      assertThat(outcome(answers.ask("asked", "q-1", new float[] {2.5f})))
          .isInstanceOf(NumberAnswer.class);
      answers.label("asked", "q-1", (float) Math.sin(2.5));
      answers.flush();
      ComposedRole killed = Optional.ofNullable(roles.remove("predict")).orElseThrow();
      killed.close();
      CompletableFuture<io.engram.schemas.avro.Answer> second =
          answers.ask("asked", "q-2", new float[] {3.5f});
      answers.flush();
      ComposedRole again =
          ComposedRole.start(
              killed.service(),
              String.valueOf(kafka.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)),
              directory);
      roles.put("predict", again);
      again.port();
      assertThat(outcome(second)).isInstanceOf(NumberAnswer.class);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(metrics("predict").sum("engram_predict_scored")).isEqualTo(1);
                assertThat(metrics("predict").sum("engram_predict_lag")).isZero();
                // Five rows, and the pair of question and label.
                assertThat(metrics("ingest").sum("engram_ingest_examples_total"))
                    .isEqualTo(STREAM.examples() + 1 + 6);
              });
      assertThat(metrics("predict").sum("engram_predict_answered")).isEqualTo(2);
    }
    try (CommittedReader reader = new CommittedReader(kafka)) {
      assertThat(reader.values(topics.predictions()))
          .extracting(value -> Wire.answer().decode(value).getExampleId())
          .containsExactlyInAnyOrder("q-1", "q-2");
    }
  }

  private static Object outcome(CompletableFuture<io.engram.schemas.avro.Answer> answer)
      throws Exception {
    return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).getOutcome();
  }

  @Test
  @Order(6)
  void prometheusAnswersEveryQuery(@TempDir Path directory) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    roles.forEach((name, role) -> ports.put(name, role.port()));
    PrometheusTools tools = PrometheusTools.require();
    tools.check();
    try (PrometheusServer prometheus = tools.start(ports, directory)) {
      for (PromQuery query : Monitoring.alerts()) {
        assertThat(prometheus.series(query)).as(query.where()).isNotNegative();
      }
      for (PromQuery query : Monitoring.annotations()) {
        assertThat(prometheus.series(query)).as(query.where()).isNotNegative();
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                for (PromQuery query : Monitoring.dashboards()) {
                  assertThat(prometheus.series(query)).as(query.toString()).isPositive();
                }
              });
      for (PromQuery query : Monitoring.alerts()) {
        assertThat(prometheus.series(query)).as("%s, but all is well", query.where()).isZero();
      }
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void everyRoleStopsWhenItIsToldTo() {
    roles.values().forEach(role -> role.process().terminate());
    for (ComposedRole role : roles.values()) {
      assertThat(role.process().awaitExit(Duration.ofSeconds(30))).as(role.name()).isEqualTo(143);
      // That its stores are of before the last commit is news to Kafka Streams after a kill -9, and
      // an error to its log.
      assertThat(role.process().err().lines().filter(it -> !it.contains("TaskCorrupted")))
          .as(role.name())
          .noneMatch(line -> line.contains("ERROR"));
    }
  }

  private Exposition metrics(String role) {
    return Optional.ofNullable(roles.get(role)).map(RolesApartScenario::metrics).orElseThrow();
  }

  private static Exposition metrics(ComposedRole role) {
    return new Exposition(Http.get(role.port(), "/metrics").body());
  }

  private Map<String, Set<String>> exposed() {
    Map<String, Set<String>> exposed = new HashMap<>();
    for (ComposedRole role : roles.values()) {
      metrics(role)
          .labels()
          .forEach(
              (metric, labels) ->
                  exposed.computeIfAbsent(metric, it -> new TreeSet<>()).addAll(labels));
    }
    return exposed;
  }
}
