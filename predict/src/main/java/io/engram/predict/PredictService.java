package io.engram.predict;

import io.engram.client.Engram;
import io.engram.client.EngramConfig;
import io.engram.client.ModelSubscription;
import io.engram.ingest.domain.IngestException;
import io.engram.ingest.format.ExampleFormats;
import io.engram.ingest.kafka.LagProbe;
import io.engram.ingest.kafka.RunningStreams;
import io.engram.ingest.kafka.WaitingDecoder;
import io.engram.ingest.kafka.rocksdb.BoundedRocksDb;
import io.engram.kafkakit.KafkaMeters;
import io.engram.predict.adapt.ModelAnswerer;
import io.engram.predict.domain.LiveCounters;
import io.engram.predict.domain.LiveCounts.Count;
import io.engram.predict.kafka.PredictStreams;
import io.engram.predict.kafka.Predicting;
import io.engram.predict.kafka.Reading;
import io.engram.schemas.ForgottenKeys;
import io.engram.schemas.Topics;
import io.engram.servicekit.health.Headway;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The role, running: answers examples without a label on {@code predictions}, each exactly once, over restarts and crashes. All methods are
 * safe for use by many threads.
 */
public final class PredictService implements AutoCloseable {

  private final Engram engram;
  private final WaitingDecoder decoder;
  private final LiveCounters counters;
  private final RunningStreams streams;
  private final PredictMeters meters;
  private final KafkaMeters kafkaMeters;
  private final LagProbe lag;
  private boolean closed;

  private PredictService(
      Engram engram,
      WaitingDecoder decoder,
      LiveCounters counters,
      RunningStreams streams,
      MeterRegistry registry) {
    this.engram = engram;
    this.decoder = decoder;
    this.counters = counters;
    this.streams = streams;
    this.lag = new LagProbe("predict", streams::lag);
    this.meters = new PredictMeters(registry, counters, lag::known, streams::lagSeconds);
    this.kafkaMeters = streams.meters(registry);
  }

  /**
   * Creates the topics that are absent and starts.
   *
   * @param kafka {@code bootstrap.servers} and whatever else Kafka's clients or Kafka Streams shall be told
   * @throws IngestException if Kafka does not answer, the state directory cannot be used, or topics do not fit
   * @throws IllegalArgumentException if there is no such format, or what is set about it is not allowed
   */
  public static PredictService start(
      PredictConfig config, Topics topics, Map<String, Object> kafka, MeterRegistry registry) {
    WaitingDecoder decoder = new WaitingDecoder(ExampleFormats.open(config.format()));
    PredictConfig.AnsweringModel model = config.model();
    Engram engram = Engram.connect(new EngramConfig(topics, kafka, model.kept(), model.trusted()));
    try {
      ModelSubscription subscription = engram.subscribe(model.name());
      LiveCounters counters = new LiveCounters();
      RunningStreams streams =
          PredictStreams.start(
              config.run(),
              new Predicting(
                  config.rules(),
                  new Reading(
                      config.examples(),
                      config.withoutKey(),
                      decoder,
                      ForgottenKeys.NONE,
                      config.format().topics()),
                  new ModelAnswerer(subscription, model.kept(), model.level()),
                  counters),
              topics,
              kafka,
              BoundedRocksDb.class);
      return new PredictService(engram, decoder, counters, streams, registry);
    } catch (RuntimeException | Error e) {
      engram.close();
      throw e;
    }
  }

  /** The name of the role's consumer group, and the prefix of its changelog topics. */
  public static String applicationId(Topics topics) {
    return PredictStreams.applicationId(topics);
  }

  /** Completes when it has ended: normally after {@link #close}, exceptionally when it died; close it then too. */
  public CompletableFuture<Void> termination() {
    return streams.termination();
  }

  /** What stands now; after {@link #close} what stood at last. */
  public PredictStatus status() {
    return new PredictStatus(
        counters.of(Count.ANSWERED),
        counters.of(Count.UNANSWERABLE),
        counters.of(Count.WAITING),
        counters.of(Count.SCORED),
        counters.score(),
        counters.simpleScore(),
        counters.scoreBesideSimple(),
        counters.behind(PredictStatus.MOST_BEHIND));
  }

  /** What does not answer and is waited for, such as a schema registry; empty while nothing is. */
  public Optional<String> waitingFor() {
    return decoder.waitingFor();
  }

  /** How far it has come, for whoever watches over its health. There is work while records are not committed yet. */
  public Headway headway() {
    long behind = lag.known();
    return new Headway(
        31 * (counters.of(Count.ANSWERED) + counters.of(Count.SCORED)) + behind, behind > 0);
  }

  /**
   * Asks Kafka whether everything that stands on its topics now has been processed and committed.
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
    engram.close();
    kafkaMeters.close();
    meters.close();
  }
}
