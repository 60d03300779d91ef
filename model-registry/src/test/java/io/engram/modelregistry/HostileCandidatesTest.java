package io.engram.modelregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.modelregistry.agent.CandidateExaminer;
import io.engram.modelregistry.gate.Measured;
import io.engram.schemas.AssemblyLimits;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ModelChunk;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands on model-candidates, the registry goes on. */
class HostileCandidatesTest {

  private static final String MODEL = "omniglot";

  @TempDir Path directory;
  private final TestTopics topics = new TestTopics("hostile");
  private final Candidates candidates = new Candidates(MODEL);

  @AfterEach
  void close() {
    topics.close();
  }

  @Test
  void whatNobodyCouldUseIsRejectedAndIsNoVersion() {
    RegistryConfig config = RegistryConfig.in(directory);
    CandidateExaminer examiner =
        (candidate, champion) ->
            candidate.manifest().getMetrics().containsValue(0.9)
                ? new CandidateExaminer.Finding.Unusable("it is absurd")
                : new CandidateExaminer.Finding.Usable(
                    Optional.of(new Measured(0.5, champion.isPresent() ? 0.9 : Double.NaN, 7)));
    try (RegistryService registry =
        RegistryService.start(
            config, topics.topics, topics.kafka, new SimpleMeterRegistry(), examiner)) {
      topics.publish(
          candidates.candidate(1, 0.7), candidates.candidate(2, 0.9), candidates.candidate(3, 1.0));
      awaitModel(registry, status -> status.registered() == 2 && status.refused() == 1);
      assertThat(registry.status().model(MODEL).rejected()).isEqualTo(1);
      assertThat(registry.status().model(MODEL).champion()).isEqualTo(1);
    }
  }

  @Test
  void chunksWithoutEndAreDroppedAndTheNextCandidateIsTakenAlsoAfterARestart() {
    AssemblyLimits limits = new AssemblyLimits(1 << 20, 3, 4, 2 << 20);
    RegistryConfig config = RegistryConfig.in(directory).withAssembly(limits);
    List<byte[]> flood = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      flood.add(
          Wire.modelChunk()
              .encode(
                  new ModelChunk(
                      MODEL,
                      "flood-" + i % 7,
                      i,
                      i % 7 == 0 ? 1000 : 60,
                      "0".repeat(64),
                      ByteBuffer.allocate(500_000))));
    }
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    for (int n = 1; n <= 2; n++) {
      try (RegistryService registry =
          RegistryService.start(config, topics.topics, topics.kafka, meters)) {
        topics.send(MODEL, flood);
        topics.publish(candidates.candidate(n, 0.7));
        awaitRegistered(registry, n);
      }
    }
    assertThat(meters.counter("engram.registry.ignored", "why", "too large").count())
        .isGreaterThanOrEqualTo(120);
  }

  @Test
  void rejectionsDoNotWriteTheHistoryFull() {
    List<byte[]> forged = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      forged.add(
          Wire.modelManifest().encode(candidates.candidate("f" + i, null, 100, 0.7, 8).manifest()));
    }
    try (RegistryService registry =
        RegistryService.start(
            RegistryConfig.in(directory), topics.topics, topics.kafka, new SimpleMeterRegistry())) {
      topics.send(MODEL, forged);
      topics.publish(candidates.candidate(1, 0.7));
      awaitRegistered(registry, 1);
      assertThat(registry.status().model(MODEL).rejected()).isEqualTo(100);
      topics.send(MODEL, forged.subList(0, 1));
      awaitModel(registry, status -> status.rejected() == 101);
    }
  }

  private static void awaitRegistered(RegistryService registry, long versions) {
    awaitModel(registry, status -> status.registered() == versions);
  }

  private static void awaitModel(
      RegistryService registry, Predicate<RegistryStatus.ModelStatus> wanted) {
    await().atMost(Duration.ofMinutes(1)).until(() -> wanted.test(registry.status().model(MODEL)));
  }
}
