package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.client.Answers;
import io.engram.client.Example;
import io.engram.client.ExampleProducer;
import io.engram.client.Model;
import io.engram.client.ModelSubscriber;
import io.engram.schemas.Topics;
import io.engram.schemas.avro.NumberAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * {@code docker-compose.yml} in containers: started in the order of its health checks, used from this machine, stopped, and started again
 * on its volumes. Asks for a Docker engine with the image {@code engram:local}, so it runs only where the variable names the client:
 *
 * <pre>ENGRAM_DOCKER=docker ./mvnw -pl deploy -am -Dtest=ComposedDeploymentTest test</pre>
 *
 * It removes the volumes of the project {@code engram} before and after.
 */
@EnabledIfEnvironmentVariable(
    named = ComposedDeploymentTest.CLIENT,
    matches = ".+",
    disabledReason = "brings containers up and removes their volumes, so it waits to be asked")
@Timeout(900)
final class ComposedDeploymentTest {

  static final String CLIENT = "ENGRAM_DOCKER";

  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final Topics TOPICS = new Topics("");
  private static final Map<String, Object> KAFKA =
      Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
  private static final SineWaves STREAM = new SineWaves(400);

  /** All that are started without being asked for, but for Grafana: it is of no use to the others. */
  private static final List<String> SERVICES =
      ComposeFile.read().services().values().stream()
          .filter(it -> it.profiles().isEmpty())
          .map(ComposeFile.Service::name)
          .filter(name -> !name.equals("grafana"))
          .toList();

  private final Compose compose = new Compose(System.getenv(CLIENT), SERVICES);

  @BeforeEach
  void clean() {
    compose.clean();
  }

  @AfterEach
  void cleanAgain() {
    compose.clean();
  }

  @Test
  void whatWentInIsLearnedAnsweredAndKept() throws Exception {
    up();
    STREAM.send("localhost:9092");
    // Whoever is asked about tells a few rows first.
    try (ExampleProducer examples = ExampleProducer.open(TOPICS, KAFKA)) {
      for (int i = 0; i < 5; i++) {
        examples
            .send(Example.of("asked", new float[] {i}, (float) Math.sin(i)))
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }
    long version = version();
    step("version " + version + " out of " + STREAM.examples() + " examples");
    assertThat(answer("q-1")).isInstanceOf(NumberAnswer.class);
    step("a question answered");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(metric(9467, "engram_learner_tasks_total")).isEqualTo(STREAM.count()));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(Http.get(9090, "/api/v1/query?query=sum(up)").body()).contains("\"4\""));
    step("Prometheus sees four roles");
    assertThat(compose.exec("registry", "cat", "registry/token")).isNotBlank();
    long last = version();

    compose.down();
    step("down");
    up();
    assertThat(version()).isGreaterThanOrEqualTo(last);
    assertThat(metric(9467, "engram_learner_memory_tasks")).isEqualTo(STREAM.count());
    // From the rows of before.
    assertThat(answer("q-2")).isInstanceOf(NumberAnswer.class);
    step("state kept");
  }

  private void up() {
    compose.up();
    assertThat(compose.health())
        .containsExactlyInAnyOrderElementsOf(
            SERVICES.stream().map(name -> name + " running healthy").toList());
    step("up, every health check passed");
  }

  private static long version() throws Exception {
    try (ModelSubscriber subscriber = ModelSubscriber.start("default", TOPICS, KAFKA)) {
      subscriber.awaitVersion(1, PATIENCE);
      return subscriber.current().map(Model::version).orElseThrow();
    }
  }

  private static Object answer(String question) throws Exception {
    try (Answers answers = Answers.open(TOPICS, KAFKA, PATIENCE)) {
      return answers
          .ask("asked", question, new float[] {2.5f})
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .getOutcome();
    }
  }

  private static double metric(int port, String name) {
    return new Exposition(Http.get(port, "/metrics").body()).sum(name);
  }

  /** What {@code .ci/containers} shows. */
  private static void step(String what) {
    System.out.printf("compose: %s %s%n", Instant.now().truncatedTo(ChronoUnit.SECONDS), what);
  }
}
