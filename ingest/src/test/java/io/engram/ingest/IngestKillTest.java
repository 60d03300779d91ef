package io.engram.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.ingest.domain.Examples;
import io.engram.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise: kill -9 in the middle, restart, and every example is in exactly one place. */
class IngestKillTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int EXAMPLES = 20_000;

  @TempDir Path stateDir;

  private final Topics topics = new Topics(TestBroker.uniquePrefix("ingest-kill"));

  @Test
  void afterAKillEveryExampleIsInExactlyOneTaskOrOpen() throws Exception {
    Map<String, Object> kafka = Map.of("bootstrap.servers", TestBroker.bootstrapServers());
    TestBroker.createTopic(topics.examples(), 1);
    TestBroker.createTopic(topics.tasks(), 1, Map.of("max.message.bytes", "20000000"));
    try (KafkaTopics log = new KafkaTopics(topics, TestBroker.bootstrapServers())) {
      IntStream.range(0, EXAMPLES)
          .forEach(i -> log.send("key-" + i % 7, Examples.bytes(Examples.classified(i, "a"))));
      log.flush();
      Process process = launch();
      await().atMost(PATIENCE).until(() -> !log.tasks().isEmpty());
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      int atKill = log.tasks().size();

      try (IngestService service =
          IngestService.start(
              IngestLauncher.config(stateDir), topics, kafka, new SimpleMeterRegistry())) {
        await().atMost(PATIENCE).until(service::caughtUp);
        assertThat(atKill).as("killed in the middle").isLessThan(EXAMPLES / 5 - 10);
        List<Integer> numbers =
            log.tasks().stream().map(Examples::numbers).flatMap(Collection::stream).toList();
        IngestStatus status = service.status();
        assertThat(numbers).doesNotHaveDuplicates().hasSize((int) status.inTasks());
        assertThat(status.examples()).isEqualTo(EXAMPLES);
        assertThat(status.rejected()).isZero();
        assertThat(status.open()).isBetween(1L, 7 * 4L);
      }
    }
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            IngestLauncher.class.getName(),
            TestBroker.bootstrapServers(),
            topics.prefix(),
            stateDir.toString())
        .redirectError(Redirect.INHERIT)
        .start();
  }
}
