package io.engram.cli.feed;

import io.engram.cli.source.Cursor;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.source.SourceRecord;
import io.engram.schemas.RejectedHeaders;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a source's records in transactions: examples to {@code examples}, bad data to {@code examples.rejected}. Each record carries
 * its index, so the next start goes on behind the last one that was committed.
 *
 * <p>One thread named {@code engram-source} does the work; the methods here may be called from any thread.
 */
public final class SourceFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SourceFeed.class);
  private static final String TRANSACTIONAL_ID = "engram-source";
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
  private static final long PAUSE_MILLIS = 20;

  private final ExampleSource source;
  private final FeedConfig config;
  private final Topics topics;
  private final Producer<byte[], byte[]> producer;
  private final LongSupplier consumed;
  private final CompletableFuture<Void> termination = new CompletableFuture<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile long next;
  private volatile boolean exhausted;

  private SourceFeed(
      ExampleSource source,
      FeedConfig config,
      Topics topics,
      Producer<byte[], byte[]> producer,
      LongSupplier consumed,
      long next) {
    this.source = source;
    this.config = config;
    this.topics = topics;
    this.producer = producer;
    this.consumed = consumed;
    this.next = next;
  }

  /**
   * Takes over the stream from an earlier feed, if there was one, and starts sending.
   *
   * @param source not closed here
   * @param consumed records that have left the pipeline: in tasks or rejected
   */
  public static SourceFeed start(
      ExampleSource source,
      FeedConfig config,
      Topics topics,
      Map<String, Object> kafkaProperties,
      LongSupplier consumed) {
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            FeedProperties.producer(kafkaProperties, topics.prefix() + TRANSACTIONAL_ID),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    try {
      // Ends what a killed predecessor left open; only then do the topics tell the truth.
      producer.initTransactions();
      SourceFeed feed =
          new SourceFeed(
              source, config, topics, producer, consumed, nextIndex(topics, kafkaProperties));
      Thread thread = new Thread(feed::run, "engram-source");
      thread.setDaemon(true); // a read from the standard input cannot be interrupted
      thread.start();
      return feed;
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  private static long nextIndex(Topics topics, Map<String, Object> kafkaProperties) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            FeedProperties.consumer(kafkaProperties),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      return new NextIndex(consumer).of(List.of(topics.examples(), topics.rejectedExamples()));
    }
  }

  /** Records sent and committed, by this and all earlier feeds. */
  public long sent() {
    return next;
  }

  /** Whether the source has ended and all of it was sent. */
  public boolean finished() {
    return exhausted;
  }

  /** Completes when the feed has stopped: normally at the end of the source or after {@link #close}, else with what stopped it. */
  public CompletableFuture<Void> termination() {
    return termination.copy();
  }

  /** Stops after the transaction at hand. Idempotent. */
  @Override
  public void close() {
    stop.countDown();
    try {
      termination.get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      LOG.debug("closed a feed that had already failed", e);
    } catch (TimeoutException e) {
      LOG.warn(
          "the source did not stop in {}; what it had not committed is not sent", CLOSE_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (Cursor cursor = source.open(next)) {
      while (!exhausted && !stopped()) {
        if (next - consumed.getAsLong() > config.maxAhead() - config.batch() || !cursor.ready()) {
          pause();
        } else {
          sendBatch(cursor);
        }
      }
      producer.close(CLOSE_TIMEOUT);
      LOG.info("sent {} records", next);
    } catch (RuntimeException | Error e) {
      // A transaction that is open now is ended by the next start; waiting for it would take long.
      producer.close(Duration.ZERO);
      if (!stopped()) {
        termination.completeExceptionally(e);
      }
    }
    termination.complete(null);
  }

  private void sendBatch(Cursor cursor) {
    producer.beginTransaction();
    long sent = 0;
    boolean ended = false;
    while (sent < config.batch() && (sent == 0 || cursor.ready())) {
      SourceRecord record = cursor.next();
      if (record == null) {
        ended = true;
        break;
      }
      Future<?> unused = producer.send(message(record)); // the commit throws if it fails
      sent++;
    }
    producer.commitTransaction();
    long before = next; // this thread alone writes it
    next = before + sent;
    exhausted = ended;
  }

  private ProducerRecord<byte[], byte[]> message(SourceRecord record) {
    Headers headers = new RecordHeaders();
    SourceHeaders.write(headers, record.index());
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

  private boolean stopped() {
    return stop.getCount() == 0;
  }

  private void pause() {
    try {
      if (stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.debug("stopped while waiting");
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
