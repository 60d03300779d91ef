package io.engram.modelregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.modelregistry.Candidates.Candidate;
import io.engram.modelregistry.agent.TakenOverException;
import io.engram.modelregistry.gate.ParameterRetention;
import io.engram.modelregistry.gate.PromotionPolicy;
import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.RegistryImage;
import io.engram.schemas.Assembly;
import io.engram.schemas.TraceContext;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryServiceTest {

  private static final String MODEL = "omniglot";

  @TempDir Path directory;
  private final TestTopics topics = new TestTopics("registry");
  private final Candidates candidates = new Candidates(MODEL);

  @AfterEach
  void close() {
    topics.close();
  }

  @Test
  void everyGoodCandidateBecomesAVersionAndTheBestOnesArePublished() {
    try (RegistryService registry = start()) {
      topics.publish(
          candidates.candidate(1, 0.7), candidates.candidate(2, 0.5), candidates.candidate(3, 0.8));
      awaitRegistered(registry, 3);

      assertThat(registry.status().model(MODEL))
          .isEqualTo(new RegistryStatus.ModelStatus(3, 3, 2, 1, 0, 0, false));
      assertThat(topics.updates())
          .extracting(update -> update.manifest().getVersion())
          .containsExactly(1L, 3L);
      assertThat(topics.updates().get(1).parameters())
          .containsExactly(candidates.candidate(3, 0.8).parameters());
    }
  }

  @Test
  void howFarItHasComeStandsInAConsumerGroup() {
    try (RegistryService registry = start()) {
      topics.publish(candidates.candidate(1, 0.7), candidates.candidate(2, 0.7));
      awaitRegistered(registry, 2);
      long read = registry.image().read().values().iterator().next();
      await().untilAsserted(() -> assertThat(topics.registryOffset()).isEqualTo(read).isPositive());
    }
  }

  @Test
  void whatFollowsFromACandidateHasItsTrace() {
    TraceContext trace =
        TraceContext.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").orElseThrow();
    try (RegistryService registry = start()) {
      topics.publish(candidates.candidate(1, 0.7), trace);
      awaitRegistered(registry, 1);
      topics.publish(candidates.candidate(2, 0.5));
      awaitRegistered(registry, 2);
      assertThat(topics.traces(topics.topics.modelUpdates()))
          .isNotEmpty()
          .containsOnly(Optional.of(trace));
      assertThat(topics.traces(topics.topics.registryEvents()))
          .startsWith(Optional.of(trace), Optional.of(trace))
          .endsWith(Optional.empty());
    }
  }

  @Test
  void aCandidateThatComesTwiceIsTakenOnce() {
    Candidate candidate = candidates.candidate(1, 0.7);
    try (RegistryService registry = start()) {
      topics.publish(candidate, candidate, candidates.candidate(2, 0.7), candidate);
      topics.publish(candidates.candidate(3, 0.7));
      awaitRegistered(registry, 3);
      assertThat(registry.image().events()).isEqualTo(6);
    }
  }

  @Test
  void theSameIdWithOtherBytesIsRejected() {
    Candidate first = candidates.candidate("a", null, 100, 0.7, 8);
    Candidate other = candidates.candidate("b", null, 100, 0.7, 8);
    Candidate forged =
        new Candidate(
            ModelManifest.newBuilder(other.manifest()).setCandidateId("a").build(),
            other.parameters());
    try (RegistryService registry = start()) {
      topics.publish(first, forged);
      awaitModel(registry, status -> status.rejected() == 1);
      assertThat(registry.status().model(MODEL).registered()).isEqualTo(1);
    }
  }

  @Test
  void brokenCandidatesAreRejectedWithAReasonAndTheNextIsTaken() {
    Candidate big = candidates.candidate("big", null, 100, 0.7, 2_000_000);
    List<ModelChunk> missing = big.chunks().subList(0, 2);
    List<ModelChunk> corrupt = new ArrayList<>(big.chunks());
    byte[] damaged = new byte[corrupt.get(1).getData().remaining()];
    corrupt.set(1, ModelChunk.newBuilder(corrupt.get(1)).setData(ByteBuffer.wrap(damaged)).build());
    List<ModelChunk> shuffled = new ArrayList<>(big.chunks());
    Collections.reverse(shuffled);
    shuffled.add(shuffled.get(0));

    try (RegistryService registry = start()) {
      topics.publish(big, missing);
      topics.publish(big, corrupt);
      topics.send(MODEL, List.of("no record of ours".getBytes(StandardCharsets.UTF_8)));
      topics.publish(big, shuffled);
      awaitRegistered(registry, 1);

      assertThat(registry.status().model(MODEL).rejected()).isEqualTo(2);
      assertThat(registry.image().modelOrEmpty(MODEL).chronicle().history())
          .filteredOn(event -> event.change() instanceof Change.Rejected)
          .extracting(event -> event.reason())
          .satisfiesExactly(
              reason -> assertThat(reason).contains("2 of 3 chunks"),
              reason -> assertThat(reason).contains("corrupt"));
      assertThat(onlyUpdate().parameters()).containsExactly(big.parameters());
    }
  }

  @Test
  void aRestartGoesOnWhereItStopped() {
    RegistryImage before;
    try (RegistryService registry = start()) {
      topics.publish(candidates.candidate(1, 0.7), candidates.candidate(2, 0.71));
      awaitRegistered(registry, 2);
      before = registry.image();
    }
    topics.publish(candidates.candidate(2, 0.71), candidates.candidate(3, 0.72));
    try (RegistryService registry = start()) {
      awaitRegistered(registry, 3);
      assertThat(registry.image().modelOrEmpty(MODEL).versions().subList(0, 2))
          .isEqualTo(before.modelOrEmpty(MODEL).versions());
      assertThat(topics.updates())
          .extracting(update -> update.manifest().getVersion())
          .containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void aNewRegistryFencesTheOldOne() {
    try (RegistryService old = start();
        RegistryService fresh = start()) {
      topics.publish(candidates.candidate(1, 0.7));
      awaitRegistered(fresh, 1);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(old.termination()).isCompletedExceptionally());
      assertThatThrownBy(old.termination()::join)
          .hasCauseInstanceOf(TakenOverException.class)
          .hasMessageContaining("another registry");
      assertThat(topics.updates()).hasSize(1);
    }
  }

  @Test
  void chunksLeftOverFromALargerVersionGetTombstones() {
    try (RegistryService registry = start()) {
      topics.publish(
          candidates.candidate("large", null, 100, 0.7, 2_000_000),
          candidates.candidate("small", "large", 200, 0.8, 16));
      awaitRegistered(registry, 2);
      assertThat(topics.compactedUpdates())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(MODEL + "/0", true, MODEL + "/1", false, MODEL + "/2", false, MODEL, true));
    }
  }

  @Test
  void lostParameterFilesAreFoundAgainInTheTopics() throws IOException {
    try (RegistryService registry = start()) {
      topics.publish(candidates.candidate(1, 0.7), candidates.candidate(2, 0.6));
      awaitRegistered(registry, 2);
    }
    List<String> names = parameterFiles();
    assertThat(names).hasSize(2);
    for (String name : names) {
      Files.delete(directory.resolve("parameters").resolve(name));
    }
    try (RegistryService registry = start()) {
      assertThat(parameterFiles()).isEqualTo(names);
      assertThat(registry.image().modelOrEmpty(MODEL).versions())
          .allMatch(version -> version.parametersKept());
    }
  }

  @Test
  void retentionDropsParametersButNeverTheChampions() throws IOException {
    RegistryConfig config =
        RegistryConfig.in(directory).withRetention(new ParameterRetention(2, 0));
    try (RegistryService registry = start(config)) {
      topics.publish(candidates.candidate(1, 0.9));
      for (int n = 2; n <= 6; n++) {
        topics.publish(candidates.candidate(n, 0.6));
      }
      awaitRegistered(registry, 6);
      assertThat(registry.image().modelOrEmpty(MODEL).versions())
          .filteredOn(version -> version.parametersKept())
          .extracting(version -> version.version())
          .containsExactly(1L, 5L, 6L);
      await().untilAsserted(() -> assertThat(parameterFiles()).hasSize(3));
    }
  }

  @Test
  void modelsAreIndependent() {
    Candidates others = new Candidates("sinusoid");
    try (RegistryService registry = start()) {
      topics.publish(candidates.candidate(1, 0.7), others.candidate(1, 0.6));
      topics.publish(others.candidate(2, 0.61));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> registry.status().model("sinusoid").champion() == 2);
      assertThat(registry.status().model(MODEL).champion()).isEqualTo(1);
    }
  }

  @Test
  void interleavedCandidatesSurviveARestartBetweenThem() {
    Candidate first = new Candidates("a").candidate(1, 0.7);
    Candidate second = new Candidates("b").candidate(1, 0.7);
    topics.send(
        "a",
        List.of(
            Wire.modelChunk().encode(second.chunks().get(0)),
            Wire.modelChunk().encode(first.chunks().get(0)),
            Wire.modelManifest().encode(first.manifest())));
    try (RegistryService registry = start()) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> registry.status().model("a").champion() == 1);
    }
    topics.send("b", List.of(Wire.modelManifest().encode(second.manifest())));
    try (RegistryService registry = start()) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> registry.status().model("b").champion() == 1);
    }
  }

  @Test
  void aTopicWithTooManyPartitionsStopsTheStart() {
    TestBroker.createTopic(topics.topics.registryEvents(), 3);
    assertThatThrownBy(this::start)
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining(topics.topics.registryEvents())
        .hasMessageContaining("3 partitions");
  }

  private Assembly.Complete onlyUpdate() {
    assertThat(topics.updates()).hasSize(1);
    return topics.updates().get(0);
  }

  private List<String> parameterFiles() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("parameters"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private RegistryService start() {
    return start(
        RegistryConfig.in(directory).withPromotion(PromotionPolicy.parse("not-worse(0.05)")));
  }

  private RegistryService start(RegistryConfig config) {
    return RegistryService.start(config, topics.topics, topics.kafka, new SimpleMeterRegistry());
  }

  private static void awaitRegistered(RegistryService registry, long versions) {
    awaitModel(registry, status -> status.registered() == versions);
  }

  private static void awaitModel(
      RegistryService registry, Predicate<RegistryStatus.ModelStatus> condition) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> condition.test(registry.status().model(MODEL)));
  }
}
