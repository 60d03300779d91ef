package io.engram.modelregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.embeddedkafka.testing.BrokerProcess;
import io.engram.modelregistry.gate.PromotionPolicy;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.RegisteredVersion;
import io.engram.modelregistry.image.RegistryImage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker is killed under a working registry, and the registry abandoned, again and again: nothing is lost, nothing twice. */
class BrokerKillTest {

  private static final String MODEL = "m";
  private static final Duration LONG = Duration.ofSeconds(90);

  @TempDir Path directory;
  private final Candidates candidates = new Candidates(MODEL);

  private @Nullable RegistryService registry;

  @Test
  void theHistoryIsCompleteAndEveryPromotionPublished() {
    int port = 0;
    int published = 0;
    try {
      for (int life = 0; life < 3; life++) {
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("broker"), port);
            TestTopics topics = new TestTopics(broker.bootstrapServers(), "kill-")) {
          port = broker.port();
          if (registry == null || life == 2) {
            // The third life's registry takes over from one that nobody has closed.
            registry = start(topics);
          }
          for (int i = 0; i < 10; i++) {
            topics.publish(candidates.candidate(++published, 0.5 + published / 100.0));
          }
          long expected = published;
          if (life < 2) {
            RegistryService first = registry;
            await().atMost(LONG).until(first::image, has(expected - 5));
            broker.kill();
          } else {
            await().atMost(LONG).until(() -> registry(topics).image(), has(expected));
            check(registry(topics).image(), topics, expected);
          }
        }
      }
    } finally {
      if (registry != null) {
        registry.close();
      }
    }
  }

  /** The registry; started again if the abandoned one, which was still looking for its broker, took over from it in turn. */
  private RegistryService registry(TestTopics topics) {
    if (registry == null || registry.termination().isCompletedExceptionally()) {
      registry = start(topics);
    }
    return registry;
  }

  private static Predicate<RegistryImage> has(long versions) {
    return image -> image.modelOrEmpty(MODEL).versions().size() >= versions;
  }

  private void check(RegistryImage image, TestTopics topics, long versions) {
    List<Long> all = LongStream.rangeClosed(1, versions).boxed().toList();
    assertThat(image.modelOrEmpty(MODEL).versions())
        .extracting(RegisteredVersion::candidateId)
        .isEqualTo(all.stream().map(n -> "line-" + n).toList());
    assertThat(topics.updates())
        .extracting(update -> update.manifest().getVersion())
        .isEqualTo(all);
    assertThat(image.modelOrEmpty(MODEL).history())
        .extracting(ModelEvent::change)
        .doesNotHaveDuplicates();
  }

  private RegistryService start(TestTopics topics) {
    return RegistryService.start(
        RegistryConfig.in(directory.resolve("registry"))
            .withPromotion(PromotionPolicy.parse("always")),
        topics.topics,
        topics.kafka,
        new SimpleMeterRegistry());
  }
}
