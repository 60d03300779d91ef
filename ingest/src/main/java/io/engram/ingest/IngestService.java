package io.engram.ingest;

import io.engram.ingest.domain.Category;
import io.engram.ingest.domain.DecodedRoom;
import io.engram.ingest.domain.IngestCounters;
import io.engram.ingest.domain.IngestException;
import io.engram.ingest.domain.PartitionCounts.Total;
import io.engram.ingest.format.ExampleFormats;
import io.engram.ingest.kafka.Grouping;
import io.engram.ingest.kafka.IngestStreams;
import io.engram.ingest.kafka.LagProbe;
import io.engram.ingest.kafka.WaitingDecoder;
import io.engram.ingest.kafka.rocksdb.BoundedRocksDb;
import io.engram.kafkakit.KafkaMeters;
import io.engram.schemas.ForgottenKeys;
import io.engram.schemas.Topics;
import io.engram.servicekit.health.Headway;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Ingest, running: reads {@code examples}, writes {@code tasks} and {@code examples.rejected}, each example exactly once,
 * over restarts and crashes. All methods are safe for use by many threads.
 */
public final class IngestService implements AutoCloseable {

  /** What open tasks may take in memory beside their bytes in the store; what is beyond is decoded twice. */
  private static final long DECODED_BYTES = 32L << 20;

  private final IngestStreams streams;
  private final WaitingDecoder decoder;
  private final IngestCounters counters;
  private final IngestMeters meters;
  private final KafkaMeters kafkaMeters;
  private final LagProbe lag;
  private boolean closed;

  private IngestService(
      IngestStreams streams,
      WaitingDecoder decoder,
      IngestCounters counters,
      MeterRegistry registry) {
    this.streams = streams;
    this.decoder = decoder;
    this.counters = counters;
    this.lag = new LagProbe("ingest", streams::lag);
    this.meters =
        new IngestMeters(registry, counters, streams.forgotten(), lag::known, streams::lagSeconds);
    this.kafkaMeters = streams.meters(registry);
  }

  /**
   * Creates the topics that are absent and starts.
   *
   * @param kafkaProperties {@code bootstrap.servers} and whatever else Kafka's clients or Kafka Streams shall be told
   * @throws IngestException if Kafka does not answer, the state directory cannot be used, or topics do not fit
   * @throws IllegalArgumentException if there is no such format, or what is set about it is not allowed
   */
  public static IngestService start(
      IngestConfig config,
      Topics topics,
      Map<String, Object> kafkaProperties,
      MeterRegistry registry) {
    requireWritable(config.run().stateDir());
    IngestCounters counters = new IngestCounters();
    WaitingDecoder decoder = new WaitingDecoder(ExampleFormats.open(config.format()));
    Grouping grouping =
        new Grouping(
            config.rules(),
            decoder,
            new DecodedRoom(DECODED_BYTES),
            ForgottenKeys.NONE,
            counters,
            config.format().topics());
    IngestStreams streams =
        IngestStreams.start(config.run(), grouping, topics, kafkaProperties, BoundedRocksDb.class);
    return new IngestService(streams, decoder, counters, registry);
  }

  /** The name of ingest's consumer group, and the prefix of its changelog topics. */
  public static String applicationId(Topics topics) {
    return IngestStreams.applicationId(topics);
  }

  /** Completes when ingest has ended: normally after {@link #close}, exceptionally when it died; close it then too. */
  public CompletableFuture<Void> termination() {
    return streams.termination();
  }

  /** What stands now; after {@link #close} what stood at last. */
  public IngestStatus status() {
    return new IngestStatus(
        counters.sum(Total.EXAMPLES),
        counters.sum(Total.TASKS),
        counters.rejected(),
        counters.rejected(Category.TASK_TOO_SMALL),
        counters.sum(Total.GIVEN_UP),
        counters.sum(Total.OPEN),
        lag.known());
  }

  /** What does not answer and is waited for, such as a schema registry; empty while nothing is. */
  public Optional<String> waitingFor() {
    return decoder.waitingFor();
  }

  /** How far it has come, for whoever watches over its health. There is work while records are not committed yet. */
  public Headway headway() {
    long behind = lag.known();
    return new Headway(31 * counters.sum(Total.EXAMPLES) + behind, behind > 0);
  }

  /**
   * Asks Kafka whether everything that stands on {@code examples} now has been processed and committed: then the status
   * counts all of it, and every task it filled can be read from {@code tasks}.
   *
   * @throws IngestException if Kafka does not answer
   */
  public boolean caughtUp() {
    return lag.ask() == 0;
  }

  /** Commits and stops, within seconds. Does nothing the second time. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    lag.close();
    counters.keep();
    decoder.stop();
    streams.close();
    kafkaMeters.close();
    meters.close();
  }

  private static void requireWritable(Path stateDir) {
    try {
      Files.createDirectories(stateDir);
    } catch (IOException e) {
      throw new IngestException(
          "ingest.state-dir %s cannot be created: %s".formatted(stateDir, e), e);
    }
    if (!Files.isWritable(stateDir)) {
      throw new IngestException("ingest.state-dir %s cannot be written to".formatted(stateDir));
    }
  }
}
