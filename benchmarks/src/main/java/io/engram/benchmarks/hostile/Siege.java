package io.engram.benchmarks.hostile;

import io.engram.client.Example;
import io.engram.client.ModelSubscriber;
import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.PlainWriter;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.schemas.ForgottenKeys;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.Forgetting;
import io.engram.schemas.avro.ForgettingStage;
import io.engram.schemas.kafka.EndOfSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;

/** What is done to an {@code engram run}, step by step. */
final class Siege {

  static final int SOURCE_TASKS = 200;
  static final String MODEL = "default";

  private static final Topics TOPICS = new Topics("");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int MOST_SAMPLES = 50;
  private static final int GROUP = 8;
  private static final int STEPS = 10;

  private final Besieged besieged;
  private final Consumer<String> say;

  Siege(Besieged besieged, Consumer<String> say) {
    this.besieged = besieged;
    this.say = say;
  }

  /** Waits for its own source's tasks and a version, and puts something on the two topics that have nothing yet. */
  Samples prepare() {
    besieged.await("its own tasks", () -> learned() >= SOURCE_TASKS - GROUP);
    besieged.await("a champion", () -> besieged.metric("engram_registry_champion") > 0);
    byte[] salt = new byte[16];
    byte[] gone = "gone".getBytes(StandardCharsets.UTF_8);
    Forgetting genuine =
        new Forgetting(
            1L,
            Instant.EPOCH,
            ByteBuffer.wrap(salt),
            ForgottenKeys.digest(salt, gone),
            ForgettingStage.DONE,
            0L,
            List.of(),
            List.of());
    TopicAdmin.ensure(
        besieged.kafka(),
        List.of(
            new Topic(
                TOPICS.forgotten(),
                1,
                (short) -1,
                Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT))));
    try (PlainWriter writer = new PlainWriter(besieged.kafka(), 1 << 20)) {
      writer.send(
          new ProducerRecord<>(
              TOPICS.forgotten(),
              "1".getBytes(StandardCharsets.UTF_8),
              Wire.forgetting().encode(genuine)));
      Example bad = Example.of("nan", new float[] {Float.NaN}, 1);
      writer.send(
          new ProducerRecord<>(TOPICS.examples(), gone, Wire.labeledExample().encode(bad.value())));
      writer.flush();
    }
    besieged.await("a rejected example", () -> besieged.metric("engram_ingest_rejected") > 0);
    return samples();
  }

  private Samples samples() {
    Map<String, List<org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]>>> byTopic =
        new HashMap<>();
    try (CommittedReader reader = new CommittedReader(besieged.kafka())) {
      for (String topic : Arsenal.topics()) {
        List<org.apache.kafka.clients.consumer.ConsumerRecord<byte[], byte[]>> found =
            new ArrayList<>();
        reader.readAll(
            topic,
            record -> {
              boolean end =
                  EndOfSource.read(record.key(), record.value(), record.headers()).isPresent();
              if (record.value() != null && !end && found.size() < MOST_SAMPLES) {
                found.add(record);
              }
            });
        byTopic.put(topic, found);
      }
    }
    return new Samples(byTopic);
  }

  /** A subscriber of this process, which has a version. */
  ModelSubscriber subscribe() {
    ModelSubscriber subscriber =
        ModelSubscriber.start(MODEL, TOPICS, besieged.kafka(), besieged.trusted());
    try {
      subscriber.awaitVersion(1, PATIENCE);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the subscriber got no version", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return subscriber;
  }

  /** Sends everything. */
  void attack(Barrage barrage, HonestTraffic honest, int records, int honestTasks) {
    int sent = 0;
    for (int step = 1; step <= STEPS; step++) {
      int until = (int) ((long) records * step / STEPS);
      for (; sent < until; sent++) {
        if (!besieged.alive()) {
          throw new IllegalStateException("engram run ended: " + besieged.lastWords());
        }
        if ((long) sent * honestTasks / records != (sent + 1L) * honestTasks / records) {
          honest.sendTask();
        }
        barrage.fire();
      }
      say.accept(
          "%,d hostile records sent; ingest has read %,.0f records, the learner has learned from %,.0f tasks, the champion is version %.0f"
              .formatted(
                  sent,
                  besieged.metric("engram_ingest_examples_total"),
                  learned(),
                  besieged.metric("engram_registry_champion{model=\"" + MODEL + "\"")));
    }
    barrage.settle();
    honest.settle();
  }

  /** Waits until everything that was sent has been read by whom it was meant for. */
  void digest() {
    besieged.await(
        "ingest",
        () ->
            besieged.metric("engram_ingest_lag") == 0
                && besieged.metric("engram_ingest_open") == 0);
    say.accept("ingest has read everything");
    Books books = Books.read(besieged.kafka());
    besieged.await(
        "the learner",
        () ->
            learned() + besieged.metric("engram_learner_refused_total")
                > (double) (books.learnable() + books.unlearnable() - GROUP));
    say.accept("the learner has read everything");
    besieged.await("the registry", () -> besieged.metric("engram_registry_lag") == 0);
    say.accept("the registry has read everything");
  }

  double learned() {
    return besieged.metric("engram_learner_tasks_total");
  }
}
