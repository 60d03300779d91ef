package io.engram.cli.pipeline;

import io.engram.cli.feed.SourceFeed;
import io.engram.cli.feed.kafka.KafkaFeedLog;
import io.engram.cli.feed.kafka.RejectedTopic;
import io.engram.cli.ops.WatchedPart;
import io.engram.cli.view.RunStatus;
import io.engram.client.Model;
import io.engram.client.ModelSubscriber;
import io.engram.embeddedkafka.EmbeddedKafka;
import io.engram.ingest.IngestService;
import io.engram.ingest.IngestStatus;
import io.engram.kafkakit.ClusterWatch;
import io.engram.learner.LearnerService;
import io.engram.learner.LearnerStatus;
import io.engram.modelregistry.RegistryService;
import io.engram.predict.PredictService;
import io.engram.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Everything in one process. Parts start in the order in which their data is needed and stop in the order in which it flows.
 * {@link #status} is for one thread, the rest for any.
 */
public final class Pipeline implements AutoCloseable {

  private final StopInOrder parts;
  private final Map<String, CompletableFuture<Void>> terminations = new LinkedHashMap<>();
  private final ClusterWatch cluster;
  private final SourceFeed feed;
  private final IngestService ingest;
  private final LearnerService learner;
  private final RegistryService registry;
  private final PredictService predict;
  private final ModelSubscriber subscriber;
  private final RejectedTopic rejected;
  private final String bootstrap;
  private final boolean closesAtEnd;
  private final long startedNanos = System.nanoTime();

  private Pipeline(PipelineConfig config, MeterRegistry meters, StopInOrder parts) {
    this.parts = parts;
    this.closesAtEnd = config.stream().feed().closeAtEnd();
    EmbeddedKafka broker = parts.add(EmbeddedKafka.start(config.broker()));
    this.bootstrap = broker.bootstrapServers();
    Topics topics = config.topics();
    Map<String, Object> kafka = config.kafka(bootstrap);
    this.registry =
        parts.add(
            RegistryService.start(
                config.registry(), topics, kafka, meters, config.examiner().open(topics, kafka)));
    this.subscriber =
        parts.add(
            ModelSubscriber.start(
                config.learner().modelName(), topics, kafka, config.signatures().registry()));
    this.learner =
        parts.add(
            LearnerService.start(config.learner(), topics, kafka, meters, config.signatures()));
    this.ingest = parts.add(IngestService.start(config.ingest(), topics, kafka, meters));
    this.predict = parts.add(PredictService.start(config.predict(), topics, kafka, meters));
    this.rejected = parts.add(new RejectedTopic(topics.rejectedExamples(), kafka));
    this.cluster = parts.add(ClusterWatch.start(kafka));
    config.stream().beforeFirstRecord().run();
    this.feed =
        parts.add(
            SourceFeed.start(
                config.stream().source(),
                config.stream().feed(),
                KafkaFeedLog.open(topics, kafka, config.stream().seal()),
                this::consumed));
    terminations.put("registry", registry.termination());
    terminations.put("subscriber", subscriber.termination());
    terminations.put("learner", learner.termination());
    terminations.put("ingest", ingest.termination());
    terminations.put("predict", predict.termination());
    terminations.put("source", feed.termination());
  }

  /**
   * Starts everything; what was started is stopped again if something fails.
   *
   * @throws RuntimeException from the part that failed
   */
  public static Pipeline start(PipelineConfig config, MeterRegistry meters) {
    StopInOrder parts = new StopInOrder();
    try {
      return new Pipeline(config, meters, parts);
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  /** Where the broker listens. */
  public String bootstrap() {
    return bootstrap;
  }

  /** What the learner computes with, in words. */
  public String engine() {
    return learner.engine();
  }

  /** The registry, to be asked. */
  public RegistryService registry() {
    return registry;
  }

  /** Records sent by all earlier starts. */
  public long resumedAt() {
    return feed.resumedAt();
  }

  /** Stops sending, ahead of everything else. */
  public void stopSource() {
    feed.close();
  }

  /** How it goes. Reads the topic of rejected examples, so it is for one thread. */
  public RunStatus status() {
    LearnerStatus learner = this.learner.status();
    IngestStatus grouped = ingest.status();
    return new RunStatus(
        feed.sent(),
        rejected.now(),
        grouped.leftOver(),
        grouped.open(),
        learner.learned(),
        learner.scores(),
        subscriber.current().map(Model::version).orElse(0L),
        predict.status(),
        (System.nanoTime() - startedNanos) / 1e9);
  }

  /**
   * What lies in the log and is not taken up.
   *
   * @param examples not read by ingest; −1 while not known
   * @param tasks not taken up by the learner
   */
  public record Lag(long examples, long tasks) {}

  /** How far ingest and learner are behind. */
  public Lag lag() {
    return new Lag(ingest.status().lag(), learner.status().lag());
  }

  /** Whether the source has ended. */
  public boolean exhausted() {
    return feed.finished();
  }

  /** Whether the source has ended, ingest has grouped all of it and the learner has taken up every task. */
  public boolean drained() {
    if (!feed.finished() || !ingest.caughtUp()) {
      return false;
    }
    LearnerStatus now = learner.status();
    return now.learned().tasks() + now.learned().refusedTasks() == ingest.status().tasks()
        && (!closesAtEnd || now.waiting() == 0);
  }

  /** What stopped a part, if one has failed: which, and why. */
  public Optional<PartFailure> failure() {
    return terminations.entrySet().stream()
        .filter(it -> it.getValue().isCompletedExceptionally())
        .map(it -> new PartFailure(it.getKey(), cause(it.getValue())))
        .findFirst();
  }

  /** A part that has stopped by itself. */
  public record PartFailure(String part, Throwable cause) {}

  /** Since when the broker has not answered; empty while it does. */
  public Optional<Instant> brokerGoneSince() {
    return cluster.goneSince();
  }

  /** The parts whose health is to be watched. */
  public List<WatchedPart> watched() {
    return List.of(
        new WatchedPart("the registry", registry.termination(), registry::headway),
        WatchedPart.of("the subscriber", subscriber.termination()),
        new WatchedPart("the learner", learner.termination(), learner::headway),
        new WatchedPart("ingest", ingest.termination(), ingest::headway, ingest::waitingFor),
        new WatchedPart("predict", predict.termination(), predict::headway, predict::waitingFor),
        failing("the source", feed.termination()));
  }

  /** A source that has ended has not stopped for a bad reason. */
  private static WatchedPart failing(String name, CompletableFuture<Void> termination) {
    CompletableFuture<Void> never = new CompletableFuture<>();
    return WatchedPart.of(name, termination.thenCompose(done -> never));
  }

  @Override
  public void close() {
    parts.close();
  }

  private long consumed() {
    IngestStatus status = ingest.status();
    return learner.status().learned().examples() + status.rejected() + status.open();
  }

  private static Throwable cause(CompletableFuture<Void> failed) {
    try {
      failed.join();
      throw new IllegalStateException("it has not failed");
    } catch (CompletionException e) {
      return e.getCause() == null ? e : e.getCause();
    }
  }
}
