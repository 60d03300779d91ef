package io.engram.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.schemas.Tensors;
import io.engram.schemas.Topics;
import io.engram.schemas.TraceContext;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import io.engram.schemas.kafka.TraceHeaders;
import io.engram.schemas.kafka.WireSerdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

class ExampleProducerTest {

  private final Topics topics = new Topics(TestBroker.uniquePrefix("examples"));
  private final Map<String, Object> kafka =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());

  @Test
  void examplesArriveAsTheyWereSentAndTheirDeliveryIsReported() throws Exception {
    TestBroker.createTopic(topics.examples(), 1);
    try (ExampleProducer producer = ExampleProducer.open(topics, kafka)) {
      Example spam =
          Example.of("tenant-42", new float[] {1, 2}, "spam")
              .withId("e-1")
              .inTask("t-1")
              .as(Part.QUERY);
      Delivery delivery = producer.send(spam).get(20, TimeUnit.SECONDS);
      assertThat(delivery).isEqualTo(new Delivery(topics.examples(), 0, 0));
      producer.send(Example.of("tenant-42", new float[] {3}, 4.5f)).get(20, TimeUnit.SECONDS);

      TraceContext trace =
          TraceContext.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").orElseThrow();
      producer
          .send(Example.of("tenant-42", new float[] {3}, 4.5f), trace)
          .get(20, TimeUnit.SECONDS);

      List<ConsumerRecord<String, LabeledExample>> read = read();
      assertThat(TraceHeaders.read(read.get(0).headers())).isEmpty();
      assertThat(TraceHeaders.read(read.get(2).headers())).contains(trace);
      assertThat(read.get(0).key()).isEqualTo("tenant-42");
      assertThat(read.get(0).value())
          .isEqualTo(
              new LabeledExample(
                  "e-1", Tensors.float32(new float[] {1, 2}, 2), "spam", "t-1", Part.QUERY));
      assertThat(read.get(1).value().getLabel()).isEqualTo(Tensors.float32(new float[] {4.5f}, 1));
    }
  }

  @Test
  void aTransactionTakenBackIsNeverSeen() {
    TestBroker.createTopic(topics.examples(), 1);
    String id = topics.prefix() + "source";
    try (ExampleProducer producer = ExampleProducer.transactional(topics, kafka, id)) {
      producer.begin();
      var lost = producer.send(Example.of("k", new float[] {1}, "lost"));
      producer.flush();
      assertThat(lost).isCompleted();
      producer.abort();
      producer.begin();
      var kept = producer.send(Example.of("k", new float[] {1}, "kept"));
      producer.commit();
      assertThat(kept).isCompleted();
      assertThat(read()).extracting(record -> record.value().getLabel()).containsExactly("kept");
    }
  }

  @Test
  void whatCannotBeDeliveredIsReportedNotLost() {
    Map<String, Object> nowhere =
        Map.of("bootstrap.servers", TestBroker.bootstrapServers(), "max.block.ms", 300);
    try (ExampleProducer producer = ExampleProducer.open(new Topics("absent-"), nowhere)) {
      assertThat(producer.send(Example.of("k", new float[] {1}, "a")))
          .failsWithin(Duration.ofSeconds(20));
    }
  }

  @Test
  void anExampleNeedsATaskKey() {
    assertThatThrownBy(() -> Example.of("", new float[] {1}, "a"))
        .hasMessageContaining("needs a task key");
  }

  private List<ConsumerRecord<String, LabeledExample>> read() {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            TestBroker.bootstrapServers(),
            "isolation.level",
            "read_committed");
    List<ConsumerRecord<String, LabeledExample>> records = new ArrayList<>();
    try (KafkaConsumer<String, LabeledExample> consumer =
        new KafkaConsumer<>(
            config, new StringDeserializer(), WireSerdes.deserializer(Wire.labeledExample()))) {
      TopicPartition partition = new TopicPartition(topics.examples(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }
}
