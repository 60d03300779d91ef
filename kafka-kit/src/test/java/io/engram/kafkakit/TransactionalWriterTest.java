package io.engram.kafkakit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class TransactionalWriterTest {

  private static final List<ProducerRecord<byte[], byte[]>> RECORDS =
      List.of(new ProducerRecord<>("t", new byte[] {1}), new ProducerRecord<>("t", new byte[] {2}));

  private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();
  private final TransactionalWriter writer =
      new TransactionalWriter(
          "id",
          () -> {
            producers.add(
                new MockProducer<>(
                    true, null, new ByteArraySerializer(), new ByteArraySerializer()));
            return producers.get(producers.size() - 1);
          });

  @Test
  void recordsAreSeenWhenTheyAreCommitted() {
    writer.write(RECORDS, () -> assertThat(producer().history()).isEmpty());
    assertThat(producer().history()).isEqualTo(RECORDS);
  }

  @Test
  void whatFailsMeanwhileLeavesNothingBehindAndTheWriterGoesOn() {
    RuntimeException full = new IllegalStateException("the disk is full");
    assertThatThrownBy(
            () ->
                writer.write(
                    RECORDS,
                    () -> {
                      throw full;
                    }))
        .isSameAs(full);
    writer.write(RECORDS.subList(1, 2), () -> {});
    assertThat(producer().history()).isEqualTo(RECORDS.subList(1, 2));
  }

  @Test
  void anotherWriterIsSaidInEveryMethod() {
    producer().fenceProducer();
    assertThatThrownBy(() -> writer.write(RECORDS, () -> {}))
        .isInstanceOf(FencedException.class)
        .hasMessageContaining("another writer has taken over the transactional id 'id'");
  }

  @Test
  void aRefusedEpochIsAnotherWriterOnlyIfTheTransactionCannotBeEndedEither() {
    producer().commitTransactionException = new InvalidProducerEpochException("too old");
    assertThatThrownBy(() -> writer.write(RECORDS, () -> {}))
        .isInstanceOfSatisfying(
            InvalidProducerEpochException.class,
            refused -> {
              producer().commitTransactionException = null;
              writer.recover(refused);
            });
    writer.write(RECORDS, () -> {});
    assertThat(producers).hasSize(1);

    writer.begin();
    producer().abortTransactionException = new ProducerFencedException("newer");
    assertThatThrownBy(() -> writer.recover(new InvalidProducerEpochException("too old")))
        .isInstanceOf(FencedException.class);
  }

  @Test
  void aTransactionThatTheBrokerHasEndedCostsAProducer() {
    writer.begin();
    producer().abortTransactionException = new KafkaException("in an error state");
    writer.recover(new KafkaException("failed", new InvalidTxnStateException("ended")));
    assertThat(producers).hasSize(2);
    assertThat(producers.get(0).closed()).isTrue();
    writer.write(RECORDS, () -> {});
    assertThat(producer().history()).isEqualTo(RECORDS);
  }

  @Test
  void whatNothingHelpsAgainstIsThrownAgain() {
    writer.begin();
    KafkaException failure = new KafkaException("no leader");
    producer().abortTransactionException = new KafkaException("no coordinator either");
    assertThatThrownBy(() -> writer.recover(failure))
        .isSameAs(failure)
        .hasSuppressedException(producer().abortTransactionException);
  }

  @Test
  void theUsersPropertiesGoBeforeTheDefaultsAndTheIdBeforeBoth() {
    assertThat(
            TransactionalWriter.properties(
                Map.of("linger.ms", 7, "transactional.id", "other", "acks", "1"),
                "id",
                Map.of("linger.ms", 5, "batch.size", 9)))
        .containsOnly(
            Map.entry("linger.ms", 7),
            Map.entry("batch.size", 9),
            Map.entry("retry.backoff.ms", 5),
            Map.entry("retry.backoff.max.ms", 50),
            Map.entry("acks", "all"),
            Map.entry("transactional.id", "id"));
  }

  private MockProducer<byte[], byte[]> producer() {
    return producers.get(producers.size() - 1);
  }
}
