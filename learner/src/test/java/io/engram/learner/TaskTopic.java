package io.engram.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.Assembly;
import io.engram.schemas.ModelAssembler;
import io.engram.schemas.ModelRecord;
import io.engram.schemas.Topics;
import io.engram.schemas.TraceContext;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.kafka.TraceHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What goes into a learner and comes out of it, on the tests' broker. */
final class TaskTopic {

  private TaskTopic() {}

  static Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", TestBroker.bootstrapServers());
  }

  /** Sends tasks {@code from} to {@code to}, the last excluded. */
  static void produce(Topics topics, int from, int to) {
    send(topics, IntStream.range(from, to).mapToObj(Tasks::sinusoid).toArray(byte[][]::new));
  }

  static void send(Topics topics, byte[]... records) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent =
          Stream.of(records)
              .map(value -> producer.send(new ProducerRecord<>(topics.tasks(), value)))
              .toList();
      producer.flush();
      assertThat(sent).allSatisfy(future -> assertThat(future.get().hasOffset()).isTrue());
    }
  }

  /** Sends a task as part of somebody's work. */
  static void sendTraced(Topics topics, byte[] task, TraceContext trace) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topics.tasks(), task);
    TraceHeaders.write(record.headers(), trace);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
      Future<RecordMetadata> sent = producer.send(record);
      producer.flush();
      assertThat(sent).succeedsWithin(Duration.ofSeconds(20));
    }
  }

  /** What the manifests of all candidates say of whose work they are, in order. */
  static List<Optional<TraceContext>> traces(Topics topics) {
    List<Optional<TraceContext>> traces = new ArrayList<>();
    try (CommittedReader reader = new CommittedReader(kafka())) {
      reader.readAll(
          topics.modelCandidates(),
          record -> {
            if (Wire.modelRecord(record.value()) instanceof ModelRecord.Manifest) {
              traces.add(TraceHeaders.read(record.headers()));
            }
          });
    }
    return traces;
  }

  /** Ids of all complete candidates on the topic, in order. */
  static List<String> candidates(Topics topics) {
    return manifests(topics).stream().map(ModelManifest::getCandidateId).toList();
  }

  /** Manifests of all complete candidates on the topic, in order. */
  static List<ModelManifest> manifests(Topics topics) {
    List<ModelManifest> manifests = new ArrayList<>();
    ModelAssembler assembler = new ModelAssembler();
    try (CommittedReader reader = new CommittedReader(kafka())) {
      reader.readAll(
          topics.modelCandidates(),
          record -> {
            if (assembler.accept(Wire.modelRecord(record.value()))
                instanceof Assembly.Complete complete) {
              manifests.add(complete.manifest());
            }
          });
    }
    return manifests;
  }
}
