package io.engram.modelregistry.kafka;

import io.engram.kafkakit.ClientProperties;
import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.FencedException;
import io.engram.kafkakit.TransactionalWriter;
import io.engram.modelregistry.agent.Journal;
import io.engram.modelregistry.agent.TakenOverException;
import io.engram.modelregistry.agent.UnavailableException;
import io.engram.modelregistry.agent.VersionUpdate;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.RegistryImage;
import io.engram.schemas.Topics;
import io.engram.schemas.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;

/**
 * {@link Journal} on the topics {@code registry-events} and {@code model-updates}: events and the updates that follow from them are
 * committed in one transaction, so that neither is ever seen without the other.
 */
final class KafkaJournal implements Journal {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Topics topics;
  private final Map<String, Object> kafka;
  private final TransactionalWriter writer;

  /**
   * Takes the log over.
   *
   * @param transactionTimeout how long readers may wait for the transaction of a registry that died and is not restarted
   */
  KafkaJournal(Topics topics, Map<String, Object> kafka, Duration transactionTimeout) {
    this.topics = topics;
    this.kafka = kafka;
    this.writer =
        Failures.translating(
            () ->
                TransactionalWriter.open(
                    ClientProperties.with(
                        kafka,
                        Map.of(
                            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                            (int) transactionTimeout.toMillis())),
                    topics.prefix() + "model-registry"));
  }

  @Override
  public RegistryImage replay() {
    EventLog log = new EventLog();
    return Failures.translating(
        () -> {
          try (CommittedReader reader = new CommittedReader(kafka)) {
            reader.readAll(topics.registryEvents(), record -> log.add(record, decode(record)));
          }
          return log.image();
        });
  }

  @Override
  public void commit(
      long eventsBefore,
      List<ModelEvent> events,
      List<VersionUpdate> publications,
      Runnable meanwhile) {
    if (events.isEmpty()) {
      throw new IllegalArgumentException("a commit needs at least one event");
    }
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (VersionUpdate publication : publications) {
      records.addAll(Publications.records(publication, topics.modelUpdates()));
    }
    long place = eventsBefore;
    for (ModelEvent event : events) {
      records.add(record(event, place++));
    }
    try {
      write(records, meanwhile);
    } catch (FencedException e) {
      throw new TakenOverException(
          "another registry with the topic prefix '%s' has taken over".formatted(topics.prefix()),
          e);
    } catch (KafkaException e) {
      throw Failures.translated(e);
    }
  }

  /**
   * The epoch is refused where another registry has taken over, but also where the transaction outlasted its timeout: a process that
   * stood still.
   */
  private void write(List<ProducerRecord<byte[], byte[]>> records, Runnable meanwhile) {
    try {
      writer.write(records, meanwhile);
    } catch (InvalidProducerEpochException e) {
      writer.recover(e);
      throw new UnavailableException(
          "a transaction was ended by the broker, probably for outlasting its timeout", e);
    }
  }

  private ProducerRecord<byte[], byte[]> record(ModelEvent event, long place) {
    byte[] key = event.model().getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topics.registryEvents(), 0, key, EventCodec.encode(event));
    record.headers().add(EventLog.place(place));
    return record;
  }

  @Override
  public void close() {
    writer.close(CLOSE_TIMEOUT);
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
}
