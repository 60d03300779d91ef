package io.engram.modelregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.modelregistry.DoomedRegistry.Step;
import io.engram.modelregistry.gate.ParameterRetention;
import io.engram.modelregistry.gate.PromotionPolicy;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.RegisteredVersion;
import io.engram.modelregistry.image.RegistryImage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry is killed between every two of its steps, one process after the other, on one log. */
class RegistryKillTest {

  private static final String MODEL = "m";

  /** Records of a transaction that promotes: a chunk, the manifest, two or three events. */
  private static final int RECORDS = 5;

  @TempDir Path directory;
  private final TestTopics topics = new TestTopics("registry-kill");
  private final Candidates candidates = new Candidates(MODEL);
  private int published;

  @AfterEach
  void close() {
    topics.close();
  }

  @Test
  void nothingIsLostTornOrTwiceWhicheverStepWasItsLast() throws Exception {
    die(Step.READ, 1);
    die(Step.JUDGE, 1);
    for (int record = 1; record <= RECORDS; record++) {
      die(Step.SEND, record);
    }
    die(Step.ACKNOWLEDGED, RECORDS);
    die(Step.COMMITTED, 1);
    check();
  }

  /** Publishes two candidates and has a registry die on them. */
  private void die(Step step, int count) throws IOException, InterruptedException {
    for (int i = 0; i < 2; i++) {
      topics.publish(candidates.candidate(++published, 0.5 + published / 100.0));
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DoomedRegistry.class.getName(),
                String.valueOf(topics.kafka.get("bootstrap.servers")),
                topics.topics.prefix(),
                directory.toString(),
                step.name(),
                Integer.toString(count))
            .redirectError(Redirect.INHERIT)
            .redirectOutput(Redirect.DISCARD)
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("dies at %s %d", step, count).isTrue();
      assertThat(process.exitValue()).isEqualTo(DoomedRegistry.HALTED);
    } finally {
      process.destroyForcibly();
    }
  }

  private void check() {
    List<Long> all = LongStream.rangeClosed(1, published).boxed().toList();
    try (RegistryService registry =
        RegistryService.start(
            RegistryConfig.in(directory)
                .withPromotion(PromotionPolicy.parse("always"))
                .withRetention(new ParameterRetention(2, 1)),
            topics.topics,
            topics.kafka,
            new SimpleMeterRegistry())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> versions(registry.image()).size() >= published);
      RegistryImage image = registry.image();
      assertThat(versions(image))
          .extracting(RegisteredVersion::candidateId)
          .isEqualTo(all.stream().map(n -> "line-" + n).toList());
      assertThat(image.modelOrEmpty(MODEL).champion()).hasValue(published);
      assertThat(image.modelOrEmpty(MODEL).history())
          .extracting(ModelEvent::change)
          .doesNotHaveDuplicates();
      assertThat(topics.updates())
          .extracting(update -> update.manifest().getVersion())
          .isEqualTo(all);
      for (RegisteredVersion kept :
          versions(image).stream().filter(RegisteredVersion::parametersKept).toList()) {
        assertThat(registry.parameters(kept)).as("parameters of %s", kept.version()).isPresent();
      }
    }
  }

  private static List<RegisteredVersion> versions(RegistryImage image) {
    return image.modelOrEmpty(MODEL).versions();
  }
}
