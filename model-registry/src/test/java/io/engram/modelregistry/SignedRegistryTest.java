package io.engram.modelregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.kafkakit.TransactionalWriter;
import io.engram.modelregistry.agent.Signatures;
import io.engram.modelregistry.kafka.JournalRepair;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.kafka.SealHeaders;
import io.engram.schemas.signing.Sealed;
import io.engram.schemas.signing.SigningKey;
import io.engram.schemas.signing.TrustedKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedRegistryTest {

  private static final String MODEL = "omniglot";

  @TempDir Path directory;
  private final TestTopics topics = new TestTopics("signed");
  private final Candidates candidates = new Candidates(MODEL);
  private final SigningKey key = SigningKey.make();
  private final Signatures signs =
      new Signatures(Optional.of(key), TrustedKeys.NONE, TrustedKeys.NONE);

  @AfterEach
  void close() {
    topics.close();
  }

  @Test
  void whatWasPublishedUnsignedIsSignedWhenThereIsAKey() {
    try (RegistryService registry = start(Signatures.NONE)) {
      topics.publish(candidates.candidate(1, 0.7));
      awaitRegistered(registry, 1);
    }
    try (RegistryService registry = start(signs)) {
      topics.publish(candidates.candidate(2, 0.8));
      awaitRegistered(registry, 2);
    }
    List<ConsumerRecord<byte[], byte[]>> manifests = manifests();
    assertThat(manifests).hasSize(3);
    assertThat(manifests.get(0).headers().lastHeader(SealHeaders.SIGNATURE)).isNull();
    for (ConsumerRecord<byte[], byte[]> manifest : manifests.subList(1, 3)) {
      long number = SealHeaders.publication(manifest.headers()).orElseThrow();
      assertThat(
              TrustedKeys.of(key.publicKey())
                  .verify(
                      Sealed.UPDATE,
                      SealHeaders.read(manifest.headers()),
                      SealHeaders.number(number),
                      manifest.value()))
          .isTrue();
    }
    assertThat(repair(signs).inspect())
        .satisfies(
            report -> {
              assertThat(report.signed()).isTrue();
              assertThat(report.image().events()).isEqualTo(4);
              assertThat(report.foreign()).isEmpty();
            });
  }

  @Test
  void whatSomebodyElseWroteIsPassedOverAndPutRightAtTheNextStart() {
    try (RegistryService registry = start(signs)) {
      topics.publish(candidates.candidate(1, 0.7));
      awaitRegistered(registry, 1);
    }
    ModelManifest forged =
        ModelManifest.newBuilder(candidates.candidate(1, 0.7).manifest())
            .setVersion(999_999L)
            .build();
    write(topics.topics.modelUpdates(), ModelChunks.updateKey(MODEL), wire(forged));
    write(topics.topics.registryEvents(), MODEL, new byte[] {1, 2, 3});
    write(
        topics.topics.registryEvents(),
        MODEL,
        topics.read(topics.topics.registryEvents()).get(0).value());

    for (int start = 0; start < 2; start++) {
      SimpleMeterRegistry meters = new SimpleMeterRegistry();
      try (RegistryService registry = start(signs, meters)) {
        assertThat(registry.status().model(MODEL).champion()).isEqualTo(1);
        assertThat(meters.get("engram.registry.foreign").gauge().value()).isEqualTo(2);
      }
    }
    List<ConsumerRecord<byte[], byte[]>> manifests = manifests();
    assertThat(manifests).hasSize(3);
    assertThat(Wire.modelManifest().decode(manifests.get(2).value()).getVersion()).isEqualTo(1);
    assertThat(repair(signs).inspect().foreign()).hasSize(2);
  }

  @Test
  void aRegistryThatLostItsKeysGoesOnWithAnother() {
    try (RegistryService registry = start(signs)) {
      topics.publish(candidates.candidate(1, 0.7));
      awaitRegistered(registry, 1);
    }
    Signatures fresh =
        new Signatures(Optional.of(SigningKey.make()), TrustedKeys.NONE, TrustedKeys.NONE);
    for (int n = 2; n <= 3; n++) {
      try (RegistryService registry = start(fresh)) {
        assertThat(registry.status().model(MODEL).registered()).isEqualTo(n - 1);
        topics.publish(candidates.candidate(n, 0.7));
        awaitRegistered(registry, n);
      }
    }
    assertThat(repair(fresh).inspect().foreign()).isEmpty();
    assertThat(repair(signs).inspect().foreign())
        .as("who knows the first key alone knows where the second one begins")
        .hasSize(4);
  }

  @Test
  void candidatesThatNoLearnerSignedAreRejected() {
    SigningKey learner = SigningKey.make();
    Signatures trusting =
        new Signatures(Optional.of(key), TrustedKeys.NONE, TrustedKeys.of(learner.publicKey()));
    try (RegistryService registry = start(trusting)) {
      topics.publish(candidates.candidate(1, 0.7));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> registry.status().model(MODEL).rejected() == 1);
      assertThat(registry.status().model(MODEL).registered()).isZero();
      topics.publish(candidates.candidate(2, 0.8), learner);
      awaitRegistered(registry, 1);
    }
  }

  private JournalRepair repair(Signatures signatures) {
    return new JournalRepair(topics.topics, topics.kafka, signatures);
  }

  private static byte[] wire(ModelManifest manifest) {
    return Wire.modelManifest().encode(manifest);
  }

  private List<ConsumerRecord<byte[], byte[]>> manifests() {
    return topics.read(topics.topics.modelUpdates()).stream()
        .filter(it -> new String(it.key(), StandardCharsets.UTF_8).equals(MODEL))
        .toList();
  }

  private void write(String topic, String recordKey, byte[] value) {
    try (TransactionalWriter stranger =
        TransactionalWriter.open(topics.kafka, topics.topics.prefix() + "stranger")) {
      stranger.begin();
      stranger.send(
          new ProducerRecord<>(topic, 0, recordKey.getBytes(StandardCharsets.UTF_8), value));
      stranger.commit();
    }
  }

  private RegistryService start(Signatures signatures) {
    return start(signatures, new SimpleMeterRegistry());
  }

  private RegistryService start(Signatures signatures, SimpleMeterRegistry meters) {
    return RegistryService.start(
        RegistryConfig.in(directory).withSignatures(signatures),
        topics.topics,
        topics.kafka,
        meters);
  }

  private static void awaitRegistered(RegistryService registry, long versions) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> registry.status().model(MODEL).registered() == versions);
  }
}
