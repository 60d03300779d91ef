package io.engram.modelregistry.kafka;

import io.engram.kafkakit.ClientProperties;
import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.FencedException;
import io.engram.kafkakit.TransactionalWriter;
import io.engram.modelregistry.agent.Journal;
import io.engram.modelregistry.agent.Signatures;
import io.engram.modelregistry.agent.TakenOverException;
import io.engram.modelregistry.agent.UnavailableException;
import io.engram.modelregistry.agent.VersionUpdate;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.RegistryImage;
import io.engram.schemas.Topics;
import io.engram.schemas.TraceContext;
import io.engram.schemas.kafka.SealHeaders;
import io.engram.schemas.kafka.TraceHeaders;
import io.engram.schemas.signing.Sealed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Journal} on the topics {@code registry-events} and {@code model-updates}: events and the updates that follow from them are
 * committed in one transaction, so that neither is ever seen without the other.
 */
final class KafkaJournal implements Journal {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaJournal.class);

  /** Foreign records that are named one by one at a start. */
  private static final int FOREIGN_NAMED = 5;

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Topics topics;
  private final Map<String, Object> kafka;
  private final Signatures signatures;
  private final TransactionalWriter writer;
  private byte[] tip = Chain.beginning();
  private int foreign;

  /**
   * Takes the log over.
   *
   * @param transactionTimeout how long readers may wait for the transaction of a registry that died and is not restarted
   */
  KafkaJournal(
      Topics topics,
      Map<String, Object> kafka,
      Duration transactionTimeout,
      Signatures signatures) {
    this.topics = topics;
    this.kafka = kafka;
    this.signatures = signatures;
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
    EventLog log = Failures.translating(() -> read(topics, kafka, signatures));
    log.requireWhole();
    return follow(log);
  }

  /** Goes on behind the events of a log that stand in their places, whatever else it holds. */
  RegistryImage follow(EventLog log) {
    List<EventLog.Foreign> passedOver = log.foreign();
    passedOver.stream()
        .limit(FOREIGN_NAMED)
        .forEach(
            it ->
                LOG.warn(
                    "{} at offset {} is foreign and is passed over: {}",
                    topics.registryEvents(),
                    it.offset(),
                    it.reason()));
    if (passedOver.size() > FOREIGN_NAMED) {
      LOG.warn("{} records of {} are foreign", passedOver.size(), topics.registryEvents());
    }
    if (signatures.key().isPresent() && log.image().events() > 0 && !log.sealed()) {
      LOG.warn("the {} events so far are not signed; those from now on are", log.image().events());
    }
    if (log.unknownSeals() > 0) {
      LOG.warn(
          "{} events are signed by keys that are not known here and are not checked: bring back the file public-keys; {}",
          log.unknownSeals(),
          signatures.key().isPresent()
              ? "those from now on are signed by the key that is"
              : "those from now on are not signed, and will be foreign to a registry that knows the keys");
    }
    foreign = passedOver.size();
    tip = log.tip();
    return log.image();
  }

  @Override
  public long foreign() {
    return foreign;
  }

  /** The log as it is now. */
  static EventLog read(Topics topics, Map<String, Object> kafka, Signatures signatures) {
    EventLog log = new EventLog(signatures.own());
    try (CommittedReader reader = new CommittedReader(kafka)) {
      reader.readAll(topics.registryEvents(), log::add);
    }
    return log;
  }

  @Override
  public void commit(
      long eventsBefore,
      List<ModelEvent> events,
      List<VersionUpdate> publications,
      Runnable meanwhile,
      Optional<TraceContext> trace) {
    if (events.isEmpty() && publications.isEmpty()) {
      throw new IllegalArgumentException("a commit needs at least one event or publication");
    }
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    long number = eventsBefore + events.size();
    for (VersionUpdate publication : publications) {
      records.addAll(
          Publications.records(publication, topics.modelUpdates(), number, signatures.key()));
    }
    byte[] hash = tip;
    long place = eventsBefore;
    for (ModelEvent event : events) {
      byte[] value = EventCodec.encode(event);
      records.add(record(event, value, place, hash));
      hash = Chain.hash(hash, place++, value);
    }
    trace.ifPresent(it -> records.forEach(record -> TraceHeaders.write(record.headers(), it)));
    try {
      write(records, meanwhile);
      tip = hash;
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

  private ProducerRecord<byte[], byte[]> record(
      ModelEvent event, byte[] value, long place, byte[] before) {
    byte[] key = event.model().getBytes(StandardCharsets.UTF_8);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topics.registryEvents(), 0, key, value);
    LogRecord.write(record.headers(), place, before);
    signatures
        .key()
        .map(it -> it.seal(Sealed.EVENT, Chain.hash(before, place, value)))
        .ifPresent(seal -> SealHeaders.write(record.headers(), seal));
    return record;
  }

  @Override
  public void close() {
    writer.close(CLOSE_TIMEOUT);
  }
}
