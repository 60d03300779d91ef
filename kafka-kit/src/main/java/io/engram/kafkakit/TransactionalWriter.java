package io.engram.kafkakit;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The one writer under a transactional id: what it sends is seen transaction by transaction, all of one or nothing. For one thread.
 *
 * <p><b>Exclusiveness:</b> opening it fences every earlier writer of the same id and ends what that left open. <b>Durability:</b> when
 * {@link #commit} returns, the transaction is durable; readers of committed data see it a moment later. <b>Failure:</b> every method
 * throws {@link FencedException} if another writer has taken over, and another {@link KafkaException} if it is not known whether the
 * transaction was committed; {@link #recover} then says whether this writer can go on.
 */
public final class TransactionalWriter implements AutoCloseable {

  private final String transactionalId;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private Producer<byte[], byte[]> producer;

  TransactionalWriter(String transactionalId, Supplier<Producer<byte[], byte[]>> producers) {
    this.transactionalId = transactionalId;
    this.producers = producers;
    this.producer = opened();
  }

  /**
   * Takes over.
   *
   * @param kafka properties of the client; {@code bootstrap.servers} at least
   * @param transactionalId what writers exclude each other by
   */
  public static TransactionalWriter open(Map<String, Object> kafka, String transactionalId) {
    return open(kafka, transactionalId, Map.of());
  }

  /**
   * Takes over.
   *
   * @param kafka properties of the client; {@code bootstrap.servers} at least
   * @param transactionalId what writers exclude each other by
   * @param defaults properties where {@code kafka} says nothing
   * @throws KafkaException if the properties are wrong or the cluster cannot be reached
   */
  public static TransactionalWriter open(
      Map<String, Object> kafka, String transactionalId, Map<String, Object> defaults) {
    Map<String, Object> properties = properties(kafka, transactionalId, defaults);
    return new TransactionalWriter(
        transactionalId,
        () ->
            new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** What a producer of transactions is told. */
  public static Map<String, Object> properties(
      Map<String, Object> kafka, String transactionalId, Map<String, Object> defaults) {
    // Transactions that follow each other closely wait for each other's markers with this backoff;
    // the default of 100 ms makes them ten times slower than they need to be.
    Map<String, Object> closely =
        Map.of(
            ProducerConfig.RETRY_BACKOFF_MS_CONFIG,
            5,
            ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG,
            50);
    return ClientProperties.with(
        ClientProperties.defaulting(closely, ClientProperties.defaulting(defaults, kafka)),
        Map.of(
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            transactionalId,
            ProducerConfig.ACKS_CONFIG,
            "all"));
  }

  private Producer<byte[], byte[]> opened() {
    Producer<byte[], byte[]> fresh = producers.get();
    try {
      fresh.initTransactions();
      return fresh;
    } catch (RuntimeException e) {
      fresh.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * Writes records in a transaction of their own.
   *
   * @param meanwhile done while the records are on their way, before the commit; if it fails nothing is committed, this writer can go
   *     on, and what it threw is thrown
   */
  public void write(Iterable<ProducerRecord<byte[], byte[]>> records, Runnable meanwhile) {
    begin();
    records.forEach(this::send);
    try {
      meanwhile.run();
    } catch (RuntimeException e) {
      try {
        producer.abortTransaction();
      } catch (RuntimeException unfinished) {
        e.addSuppressed(unfinished);
      }
      throw e;
    }
    commit();
  }

  /** Begins a transaction. */
  public void begin() {
    unlessFenced(producer::beginTransaction);
  }

  /** Sends a record; what becomes of it is learned from the commit. */
  public void send(ProducerRecord<byte[], byte[]> record) {
    unlessFenced(
        () -> {
          if (producer.send(record).isCancelled()) {
            throw new KafkaException("a record for %s was not sent".formatted(record.topic()));
          }
        });
  }

  /** Commits how far a group has come in the open transaction. */
  public void offsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    unlessFenced(() -> producer.sendOffsetsToTransaction(offsets, group));
  }

  /** Makes all that was sent since {@link #begin} visible. */
  public void commit() {
    unlessFenced(producer::commitTransaction);
  }

  /**
   * Makes this writer fit for another transaction after a failure. A process that stands still for longer than the transaction's timeout
   * (a laptop asleep, a machine far too busy) has its epoch or its transaction refused; that is no other writer: only a writer that was
   * replaced cannot end its transaction either.
   *
   * @param failure what a method threw
   * @throws FencedException if another writer has taken over
   * @throws KafkaException the failure itself, if this writer is of no further use
   */
  public void recover(KafkaException failure) {
    if (failure instanceof FencedException) {
      throw failure;
    }
    try {
      producer.abortTransaction();
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      throw new FencedException(transactionalId, e);
    } catch (KafkaException e) {
      if (!timedOut(failure)) {
        failure.addSuppressed(e);
        throw failure;
      }
      // The broker ended the transaction, and this producer cannot go on. A new one fences nobody:
      // a broker that knows of another writer says something else.
      producer.close(Duration.ZERO);
      producer = opened();
    }
  }

  private static boolean timedOut(KafkaException failure) {
    return failure instanceof InvalidTxnStateException
        || failure.getCause() instanceof InvalidTxnStateException;
  }

  private void unlessFenced(Runnable call) {
    try {
      call.run();
    } catch (ProducerFencedException e) {
      throw new FencedException(transactionalId, e);
    }
  }

  /** Waits for what is open to be ended. */
  @Override
  public void close() {
    producer.close();
  }

  /** Waits for no longer than this. */
  public void close(Duration patience) {
    producer.close(patience);
  }
}
