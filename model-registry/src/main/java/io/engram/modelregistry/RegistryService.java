package io.engram.modelregistry;

import io.engram.kafkakit.ProgressGroup;
import io.engram.modelregistry.agent.Admission;
import io.engram.modelregistry.agent.CandidateExaminer;
import io.engram.modelregistry.agent.Cluster;
import io.engram.modelregistry.agent.RegistryAgent;
import io.engram.modelregistry.agent.RegistryMeters;
import io.engram.modelregistry.agent.UnavailableException;
import io.engram.modelregistry.agent.VersionBytes;
import io.engram.modelregistry.gate.Asker;
import io.engram.modelregistry.gate.CandidateJudge;
import io.engram.modelregistry.gate.Condition;
import io.engram.modelregistry.gate.Decision;
import io.engram.modelregistry.gate.RegistryRequest;
import io.engram.modelregistry.image.RegisteredVersion;
import io.engram.modelregistry.image.RegistryImage;
import io.engram.modelregistry.kafka.KafkaCluster;
import io.engram.modelregistry.kafka.RegistryTopics;
import io.engram.modelregistry.parameters.ParameterStore;
import io.engram.schemas.Topics;
import io.engram.servicekit.health.Headway;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running model registry: takes candidates, gives them version numbers, promotes or refuses them, publishes the champion.
 *
 * <p>There is one registry for a topic prefix; starting a second one stops the first, whose {@link #termination} then says so.
 * Thread-safe.
 */
public final class RegistryService implements AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration REOPEN_AFTER = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(RegistryService.class);

  private final RegistryAgent agent;
  private final Thread thread;
  private final ProgressGroup progress;

  private RegistryService(RegistryAgent agent, Thread thread, ProgressGroup progress) {
    this.agent = agent;
    this.thread = thread;
    this.progress = progress;
  }

  /**
   * Starts a registry. When this returns, its state is rebuilt from the log and it reads candidates.
   *
   * @param kafka properties for every client; {@code bootstrap.servers} at least
   * @throws UnavailableException if the cluster cannot be reached or the log not be read
   * @throws UncheckedIOException if the directory cannot be used
   */
  public static RegistryService start(
      RegistryConfig config, Topics topics, Map<String, Object> kafka, MeterRegistry meters) {
    return start(config, topics, kafka, meters, CandidateExaminer.NONE);
  }

  /**
   * The same, with every candidate examined.
   *
   * @param examiner closed with the service
   */
  public static RegistryService start(
      RegistryConfig config,
      Topics topics,
      Map<String, Object> kafka,
      MeterRegistry meters,
      CandidateExaminer examiner) {
    return start(config, topics, kafka, meters, examiner, Clock.systemUTC());
  }

  static RegistryService start(
      RegistryConfig config,
      Topics topics,
      Map<String, Object> kafka,
      MeterRegistry meters,
      CandidateExaminer examiner,
      Clock clock) {
    LOG.info("{}", config.signatures().inWords());
    ParameterStore store = ParameterStore.open(config.directory().resolve("parameters"));
    RegistryTopics.ensure(topics, kafka, (short) config.replicationFactor());
    Cluster cluster =
        new KafkaCluster(
            topics, kafka, config.transactionTimeout(), config.assembly(), config.signatures());
    RegistryAgent agent =
        new RegistryAgent(
            new Admission(new CandidateJudge(config.promotion()), examiner),
            config.retention(),
            cluster,
            new VersionBytes(store, cluster),
            clock,
            new RegistryMeters(meters),
            REOPEN_AFTER);
    agent.open();
    Thread thread = new Thread(agent, "model-registry");
    thread.start();
    ProgressGroup progress =
        ProgressGroup.start(
            kafka, topics.registryGroup(), topics.modelCandidates(), () -> agent.image().read());
    return new RegistryService(agent, thread, progress);
  }

  /** Everything registered, as of the last committed event. */
  public RegistryImage image() {
    return agent.image();
  }

  /** The numbers of {@link #image()}. */
  public RegistryStatus status() {
    return RegistryStatus.of(image());
  }

  /** How far it has come, for whoever watches over its health. */
  public Headway headway() {
    return agent.headway();
  }

  /**
   * Carries an operation out, between two candidates.
   *
   * @param actor who wants it; recorded
   * @param reason why; recorded
   * @return completes when what was decided is committed, published and visible in {@link #image()}; exceptionally if the cluster
   *     failed, so that nobody knows: look at the history, and call again, which changes nothing that is done already
   */
  public CompletableFuture<Decision> carryOut(
      String model, RegistryRequest operation, String actor, String reason) {
    return carryOut(model, operation, new Asker(actor, reason, Optional.empty()), Condition.NONE);
  }

  /**
   * The same, if a condition holds when its turn has come: of two calls that depend on one state, one is declined as {@link
   * Decision.Cause#CHANGED}.
   */
  public CompletableFuture<Decision> carryOut(
      String model, RegistryRequest operation, Asker asker, Condition condition) {
    return agent.submit(model, operation, asker, condition);
  }

  /**
   * The parameter bytes of a version, verified; empty if they are no longer kept. Any thread may call it.
   */
  public Optional<byte[]> parameters(RegisteredVersion version) {
    return agent.parameters(version);
  }

  /** Has somebody hear of every later image, on the registry's thread; closing what is returned ends that. */
  public Registration onChange(Consumer<RegistryImage> listener) {
    Runnable end = agent.onChange(listener);
    return end::run;
  }

  /** Ends a listener's hearing. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** Ends when the service does; exceptionally if it died, with the reason. */
  public CompletableFuture<Void> termination() {
    return agent.termination();
  }

  /** Stops after the candidate that is being dealt with. Waits up to 15 s. Idempotent. */
  @Override
  public void close() {
    agent.stop();
    try {
      thread.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      thread.interrupt();
    }
    progress.close();
  }
}
