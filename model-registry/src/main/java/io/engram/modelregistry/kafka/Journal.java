package io.engram.modelregistry.kafka;

import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.RegistryImage;
import io.engram.schemas.Topics;
import io.engram.schemas.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The log of registry events, and the one writer of it.
 *
 * <p>Opening a journal fences every earlier writer of the same topics, ends what it left unfinished, and then reads the log: what is
 * read is complete. Events and the updates that follow from them are committed in one transaction, so that neither is ever
 * seen without the other. For one thread.
 */
public final class Journal implements AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Topics topics;
  private final Map<String, Object> kafka;
  private final Producer<byte[], byte[]> producer;

  /**
   * Takes the log over.
   *
   * @param transactionTimeout how long readers may wait for the transaction of a registry that died and is not restarted
   */
  public Journal(Topics topics, Map<String, Object> kafka, Duration transactionTimeout) {
    this.topics = topics;
    this.kafka = kafka;
    this.producer = producer(topics, kafka, transactionTimeout);
    try {
      producer.initTransactions();
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  /**
   * Replays the log from its beginning.
   *
   * @throws KafkaException if the log cannot be read or holds what this program cannot understand
   */
  public RegistryImage replay() {
    EventLog log = new EventLog();
    try (TopicScan scan = new TopicScan(kafka, topics.registryEvents())) {
      scan.forEach(record -> log.add(record, decode(record)));
    }
    return log.image();
  }

  /**
   * Appends events and publishes versions, all or nothing. When this returns, both are durable; readers see them a moment later.
   *
   * @param eventsBefore how many events the log holds, as far as this writer knows
   * @param meanwhile what must be done before the commit, and is done while the records are on their way; if it fails, nothing is
   *     committed
   * @throws ProducerFencedException if another registry has taken over
   * @throws KafkaException if it is not known whether it was done; this journal is then of no further use, and the state is what a
   *     new journal replays
   */
  public void commit(
      long eventsBefore,
      List<ModelEvent> events,
      List<Publication> publications,
      Runnable meanwhile) {
    if (events.isEmpty()) {
      throw new IllegalArgumentException("a commit needs at least one event");
    }
    try {
      producer.beginTransaction();
      for (Publication publication : publications) {
        publication.records(topics.modelUpdates()).forEach(this::send);
      }
      append(eventsBefore, events);
      carryOut(meanwhile);
      producer.commitTransaction();
    } catch (InvalidProducerEpochException e) {
      throw successorOrTimeout(e);
    }
  }

  private void append(long eventsBefore, List<ModelEvent> events) {
    long place = eventsBefore;
    for (ModelEvent event : events) {
      byte[] key = event.model().getBytes(StandardCharsets.UTF_8);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(topics.registryEvents(), 0, key, EventCodec.encode(event));
      record.headers().add(EventLog.place(place++));
      send(record);
    }
  }

  /** What becomes of a record is learned from the commit. */
  private void send(ProducerRecord<byte[], byte[]> record) {
    if (producer.send(record).isCancelled()) {
      throw new KafkaException("a record for %s was not sent".formatted(record.topic()));
    }
  }

  private void carryOut(Runnable meanwhile) {
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
  }

  /**
   * The epoch is refused where another registry has taken over, but also where the transaction outlasted its timeout and the broker
   * ended it: a process that stood still. Only a producer that was replaced cannot end its transaction either.
   */
  private KafkaException successorOrTimeout(InvalidProducerEpochException refused) {
    try {
      producer.abortTransaction();
      return new KafkaException(
          "a transaction was ended by the broker, probably for outlasting its timeout", refused);
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      ProducerFencedException fenced =
          new ProducerFencedException("another registry writes now: " + e.getMessage());
      fenced.initCause(refused);
      return fenced;
    } catch (KafkaException e) {
      refused.addSuppressed(e);
      return new KafkaException("a transaction was ended by the broker", refused);
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }

  private static ModelEvent decode(ConsumerRecord<byte[], byte[]> record) {
    try {
      return EventCodec.decode(record.value());
    } catch (WireException e) {
      throw new KafkaException(
          "%s at offset %d cannot be read, and the registry's state is what this log says: %s"
              .formatted(record.topic(), record.offset(), e.getMessage()),
          e);
    }
  }

  private static Producer<byte[], byte[]> producer(
      Topics topics, Map<String, Object> kafka, Duration transactionTimeout) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.prefix() + "model-registry");
    config.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) transactionTimeout.toMillis());
    // Consecutive transactions wait for each other's markers with this backoff; 100 ms by default.
    config.putIfAbsent(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
    config.putIfAbsent(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 50);
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
