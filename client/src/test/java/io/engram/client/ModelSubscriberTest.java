package io.engram.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.engram.client.Versions.Version;
import io.engram.embeddedkafka.testing.BrokerProcess;
import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.schemas.Topics;
import io.engram.schemas.TraceContext;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSubscriberTest {

  private static final String SMALL = "input(3) dense(2) softmax";
  private static final String LARGE = "input(1000) dense(600) relu dense(5) softmax";
  private static final Duration SOON = Duration.ofSeconds(20);

  private final UpdatesTopic updates =
      new UpdatesTopic(TestBroker.bootstrapServers(), TestBroker.uniquePrefix("subscriber"));

  @AfterEach
  void close() {
    updates.close();
  }

  @Test
  void aLateJoinerGetsTheChampionAtOnceAndNothingOlder() throws Exception {
    updates.publish(version(1, SMALL), version(2, LARGE), version(3, SMALL));
    List<Long> heard = new CopyOnWriteArrayList<>();
    try (ModelSubscriber subscriber = subscribe()) {
      ModelSubscriber.Registration unused =
          subscriber.addListener((previous, current) -> heard.add(current.version()));
      Model model = subscriber.awaitVersion(1, SOON);
      assertThat(model.version()).isEqualTo(3);
      assertThat(model.parameters()).hasSize(8).containsOnly(3f);
      assertThat(heard).doesNotContain(1L, 2L);
      unused.close();
    }
  }

  @Test
  void aListenerHearsWhoseWorkLedToAVersion() throws Exception {
    TraceContext trace =
        TraceContext.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").orElseThrow();
    List<Optional<TraceContext>> heard = new CopyOnWriteArrayList<>();
    try (ModelSubscriber subscriber = subscribe()) {
      ModelSubscriber.Registration unused =
          subscriber.addListener((previous, current) -> heard.add(current.trace()));
      updates.publish(version(1, SMALL), trace);
      subscriber.awaitVersion(1, SOON);
      updates.publish(version(2, SMALL));
      subscriber.awaitVersion(2, SOON);
      await().atMost(SOON).until(() -> heard.size() == 2);
      assertThat(heard).containsExactly(Optional.of(trace), Optional.empty());
      unused.close();
    }
  }

  @Test
  void updatesAreHeldAsTheyComeLargeOnesToo() throws Exception {
    try (ModelSubscriber subscriber = subscribe()) {
      assertThat(subscriber.current()).isEmpty();
      updates.publish(version(1, SMALL));
      subscriber.awaitVersion(1, SOON);
      updates.publish(version(2, LARGE));
      Model model = subscriber.awaitVersion(2, SOON);
      assertThat(model.parameters()).hasSize(1000 * 600 + 600 + 600 * 5 + 5).containsOnly(2f);
      assertThat(model.latency()).isBetween(Duration.ZERO, SOON);
      updates.publish(version(1, SMALL));
      assertThat(subscriber.await(held -> held.version() == 1, SOON).parameters()).containsOnly(1f);
    }
  }

  @Test
  void badUpdatesAreRefusedAndTheOldVersionStays() throws Exception {
    List<RefusedUpdate> refused = new CopyOnWriteArrayList<>();
    try (ModelSubscriber subscriber = subscribe()) {
      updates.publish(version(1, SMALL));
      subscriber.awaitVersion(1, SOON);
      var registration = subscriber.addListener(refusals(refused));

      Version large = version(2, LARGE);
      updates.publish(large, large.chunks().subList(1, 3));
      updates.publish(large, corrupted(large.chunks()));
      updates.publishRaw("m", "no record of ours".getBytes(StandardCharsets.UTF_8));
      updates.publish(renetworked(version(3, SMALL), "input(3) warp(9) softmax"));
      updates.publish(renetworked(version(4, SMALL), LARGE));
      updates.publish(Versions.of("m", 5, "input(1) dense(1) mse", new float[] {1, Float.NaN}));
      await().atMost(SOON).until(() -> subscriber.refusals() == 6);

      assertThat(refused)
          .extracting(RefusedUpdate::reason)
          .satisfiesExactly(
              reason -> assertThat(reason).contains("2 of 3 chunks"),
              reason -> assertThat(reason).contains("corrupt"),
              reason -> assertThat(reason).contains("C3 01"),
              reason -> assertThat(reason).contains("unknown layer 'warp'"),
              reason -> assertThat(reason).contains("'parameters'"),
              reason -> assertThat(reason).contains("not finite at index 1"));
      assertThat(subscriber.current()).map(Model::version).contains(1L);

      List<ModelChunk> shuffled = new ArrayList<>(large.chunks());
      Collections.reverse(shuffled);
      shuffled.add(shuffled.get(1));
      updates.publish(large, shuffled);
      assertThat(subscriber.awaitVersion(2, SOON).parameters()).containsOnly(2f);
      registration.close();
    }
  }

  @Test
  void otherModelsAreNotItsBusiness() throws Exception {
    try (ModelSubscriber subscriber = subscribe()) {
      updates.publish(Versions.of("other", 7, SMALL), version(1, SMALL));
      assertThat(subscriber.awaitVersion(1, SOON).name()).isEqualTo("m");
      assertThat(subscriber.refusals()).isZero();
    }
  }

  @Test
  void waitingEndsInTime() {
    try (ModelSubscriber subscriber = subscribe()) {
      assertThatThrownBy(() -> subscriber.awaitVersion(1, Duration.ofMillis(50)))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining("did not come within PT0.05S");
    }
  }

  @Test
  void nobodyWaitsForASubscriberThatHasEnded() {
    ModelSubscriber ended;
    try (ModelSubscriber subscriber = subscribe()) {
      ended = subscriber;
    }
    assertThatThrownBy(() -> ended.awaitVersion(1, SOON)).hasMessageContaining("has ended");
  }

  @Test
  void aFailingListenerHarmsNobody() throws Exception {
    try (ModelSubscriber subscriber = subscribe()) {
      var registration =
          subscriber.addListener(
              (previous, current) -> {
                throw new IllegalStateException("on purpose");
              });
      updates.publish(version(1, SMALL));
      subscriber.awaitVersion(1, SOON);
      updates.publish(version(2, SMALL));
      assertThat(subscriber.awaitVersion(2, SOON).version()).isEqualTo(2);
      registration.close();
    }
  }

  @Test
  void itMayStartBeforeTheRegistryAndOutlivesTheBroker(@TempDir Path directory) throws Exception {
    Topics topics = new Topics("restart-");
    int port;
    try (BrokerProcess broker = BrokerProcess.start(directory, 0)) {
      port = broker.port();
      try (ModelSubscriber subscriber =
          ModelSubscriber.start(
              "m", topics, Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        try (UpdatesTopic late = new UpdatesTopic(broker.bootstrapServers(), topics.prefix())) {
          late.publish(version(1, SMALL));
          subscriber.awaitVersion(1, SOON);
        }
        broker.kill();
        try (BrokerProcess again = BrokerProcess.start(directory, port);
            UpdatesTopic late = new UpdatesTopic(again.bootstrapServers(), topics.prefix())) {
          late.publish(version(2, SMALL));
          assertThat(subscriber.awaitVersion(2, Duration.ofSeconds(60)).version()).isEqualTo(2);
        }
      }
    }
  }

  private ModelSubscriber subscribe() {
    return ModelSubscriber.start("m", updates.topics, updates.kafka);
  }

  private static Version version(long version, String network) {
    return Versions.of("m", version, network);
  }

  private static Version renetworked(Version version, String network) {
    return new Version(
        ModelManifest.newBuilder(version.manifest()).setNetwork(network).build(),
        version.parameters());
  }

  private static List<ModelChunk> corrupted(List<ModelChunk> chunks) {
    List<ModelChunk> corrupted = new ArrayList<>(chunks);
    byte[] damaged = new byte[chunks.get(0).getData().remaining()];
    corrupted.set(
        0, ModelChunk.newBuilder(chunks.get(0)).setData(ByteBuffer.wrap(damaged)).build());
    return corrupted;
  }

  private static ModelListener refusals(List<RefusedUpdate> refused) {
    return new ModelListener() {
      @Override
      public void updated(@Nullable Model previous, Model current) {}

      @Override
      public void refused(RefusedUpdate update) {
        refused.add(update);
      }
    };
  }
}
