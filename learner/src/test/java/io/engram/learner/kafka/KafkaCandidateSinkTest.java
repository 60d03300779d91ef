package io.engram.learner.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.embeddedkafka.testing.Transactions;
import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.learner.agent.Candidate;
import io.engram.learner.agent.CandidateSink.FencedException;
import io.engram.schemas.Assembly;
import io.engram.schemas.ModelAssembler;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.Adaptation;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.TensorEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaCandidateSinkTest {

  private static final String MODEL = "m";

  private final String topic = TestBroker.uniquePrefix("sink") + "model-candidates";

  @BeforeEach
  void topic() {
    TopicAdmin.ensure(TestBroker.bootstrapServers(), List.of(Topic.of(topic, 1)));
  }

  @Test
  void standingStillBeforeTheCommitCostsATransactionAndNoCandidate() {
    try (KafkaCandidateSink sink = sink()) {
      sink.publish(candidate(1));
      StalledProducer.ON_ACKNOWLEDGEMENT.add(this::standStill);
      sink.publish(candidate(2));
      sink.publish(candidate(3));
    }
    assertThat(published()).containsExactly("c1", "c2", "c3");
  }

  @Test
  void standingStillBetweenTwoRecordsCostsATransactionAndNoCandidate() {
    try (KafkaCandidateSink sink = sink()) {
      sink.publish(candidate(1));
      // The first record of the second candidate is sent, then nothing happens for long.
      StalledProducer.ON_SEND.add(() -> {});
      StalledProducer.ON_SEND.add(this::standStill);
      sink.publish(candidate(2));
      sink.publish(candidate(3));
    }
    assertThat(published()).containsExactly("c1", "c2", "c3");
  }

  @Test
  void aLearnerThatWasReplacedPublishesNothingAndSaysWhy() {
    try (KafkaCandidateSink old = sink();
        KafkaCandidateSink fresh = sink()) {
      assertThatThrownBy(() -> old.publish(candidate(1)))
          .isInstanceOf(FencedException.class)
          .hasMessageContaining("another learner has taken over");
      fresh.publish(candidate(2));
    }
    assertThat(published()).containsExactly("c2");
  }

  @Test
  void aLearnerThatIsReplacedWithinATransactionPublishesNothingAndSaysWhy() {
    try (KafkaCandidateSink old = sink()) {
      old.publish(candidate(1));
      List<KafkaCandidateSink> fresh = new ArrayList<>();
      StalledProducer.ON_ACKNOWLEDGEMENT.add(() -> fresh.add(sink()));
      assertThatThrownBy(() -> old.publish(candidate(2)))
          .isInstanceOf(FencedException.class)
          .hasMessageContaining("another learner has taken over");
      assertThat(fresh).hasSize(1);
      fresh.get(0).publish(candidate(3));
      fresh.get(0).close();
    }
    assertThat(published()).containsExactly("c1", "c3");
  }

  private KafkaCandidateSink sink() {
    return new KafkaCandidateSink(
        Map.of(
            "bootstrap.servers",
            TestBroker.bootstrapServers(),
            "transaction.timeout.ms",
            1000,
            "interceptor.classes",
            StalledProducer.class.getName()),
        topic,
        MODEL);
  }

  private void standStill() {
    Transactions.awaitTimeout(topic + ".learner." + MODEL);
  }

  private List<String> published() {
    ModelAssembler assembler = new ModelAssembler();
    List<String> whole = new ArrayList<>();
    try (CommittedReader reader =
        new CommittedReader(Map.of("bootstrap.servers", TestBroker.bootstrapServers()))) {
      reader.readAll(
          topic,
          record -> {
            if (assembler.accept(Wire.modelRecord(record.value()))
                instanceof Assembly.Complete complete) {
              whole.add(complete.manifest().getCandidateId());
            }
          });
    }
    return whole;
  }

  private static Candidate candidate(int number) {
    byte[] bytes = {(byte) number, 0, 0, 0};
    ModelManifest manifest =
        new ModelManifest(
            MODEL,
            0L,
            "c" + number,
            Instant.EPOCH,
            "input(1) dense(1) mse",
            LabelSpace.PER_TASK,
            List.of(),
            new Adaptation(5, "sgd(0.1)", 0, "ALL", "NON_TRANSDUCTIVE"),
            List.of(new TensorEntry("parameters", ElementType.FLOAT32, List.of(1), 0L)),
            (long) bytes.length,
            ModelChunks.sha256(bytes),
            1,
            new Lineage(
                null, List.of(), 0L, 0L, 1L, Map.of(), Map.of(), "fused", "test", "any", "any"),
            Map.of());
    return new Candidate(manifest, bytes);
  }
}
