package io.engram.cli.feed.kafka;

import io.engram.cli.feed.FeedLog;
import io.engram.cli.feed.kafka.NextIndex.Place;
import io.engram.cli.source.SourceRecord;
import io.engram.ingest.kafka.ForgottenLog;
import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.TransactionalWriter;
import io.engram.schemas.ForgottenKeys;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.kafka.EndOfSource;
import io.engram.schemas.kafka.Husk;
import io.engram.schemas.kafka.RejectedHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * {@link FeedLog} on Kafka: examples go to {@code examples}, bad data to {@code examples.rejected}, each with its index in a header.
 */
public final class KafkaFeedLog implements FeedLog {

  private static final String TRANSACTIONAL_ID = "engram-source";

  /** Where the user says nothing. */
  static final Map<String, Object> DEFAULTS =
      Map.of(
          ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
          10_000,
          ProducerConfig.LINGER_MS_CONFIG,
          5,
          ProducerConfig.BATCH_SIZE_CONFIG,
          1 << 18);

  private final Topics topics;
  private final TransactionalWriter writer;
  private final Place place;
  private final int partitions;
  private final ForgottenKeys forgotten;
  private final SourceSeal seal;

  private KafkaFeedLog(
      Topics topics,
      TransactionalWriter writer,
      Place place,
      int partitions,
      ForgottenKeys forgotten,
      SourceSeal seal) {
    this.topics = topics;
    this.writer = writer;
    this.place = place;
    this.partitions = partitions;
    this.forgotten = forgotten;
    this.seal = seal;
  }

  /**
   * Takes the stream over from an earlier feed, if there was one.
   *
   * @param seal by which the records of earlier feeds are known
   */
  public static KafkaFeedLog open(Topics topics, Map<String, Object> kafka, SourceSeal seal) {
    // Ends what a killed predecessor left open; only then do the topics tell the truth.
    TransactionalWriter writer =
        TransactionalWriter.open(kafka, topics.prefix() + TRANSACTIONAL_ID, DEFAULTS);
    try (CommittedReader reader = new CommittedReader(kafka)) {
      Place place =
          new NextIndex(reader, seal).of(List.of(topics.examples(), topics.rejectedExamples()));
      return new KafkaFeedLog(
          topics,
          writer,
          place,
          reader.partitions(topics.examples()).size(),
          new ForgottenLog(kafka, topics).read(),
          seal);
    } catch (RuntimeException e) {
      writer.close(Duration.ZERO);
      throw e;
    }
  }

  @Override
  public long next() {
    return place.next();
  }

  @Override
  public boolean ended() {
    return place.ended();
  }

  @Override
  public void begin() {
    writer.begin();
  }

  @Override
  public void send(SourceRecord record) {
    writer.send(message(record));
  }

  @Override
  public void end(long records) {
    for (int partition = 0; partition < partitions; partition++) {
      Headers headers = new RecordHeaders();
      EndOfSource.write(headers, records);
      writer.send(
          new ProducerRecord<>(
              topics.examples(), partition, null, null, EndOfSource.value(), headers));
    }
  }

  @Override
  public void commit() {
    writer.commit();
  }

  @Override
  public void close(Duration patience) {
    writer.close(patience);
  }

  private ProducerRecord<byte[], byte[]> message(SourceRecord record) {
    Headers headers = new RecordHeaders();
    seal.write(headers, record.index());
    if (isForgotten(record)) {
      Husk.write(headers);
      return new ProducerRecord<>(topics.examples(), null, null, null, null, headers);
    }
    if (record instanceof SourceRecord.Example example) {
      byte[] value = Wire.labeledExample().encode(example.value());
      byte[] key = example.key().getBytes(StandardCharsets.UTF_8);
      return new ProducerRecord<>(topics.examples(), null, null, key, value, headers);
    }
    SourceRecord.Refused refused = (SourceRecord.Refused) record;
    RejectedHeaders.write(headers, refused.why());
    byte[] key = refused.key() == null ? null : refused.key().getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(
        topics.rejectedExamples(), null, null, key, refused.original(), headers);
  }

  /** A source may go on having a key that was forgotten; nothing of it is sent. */
  private boolean isForgotten(SourceRecord record) {
    String key =
        record instanceof SourceRecord.Example example
            ? example.key()
            : ((SourceRecord.Refused) record).key();
    return key != null && forgotten.contains(key.getBytes(StandardCharsets.UTF_8));
  }
}
