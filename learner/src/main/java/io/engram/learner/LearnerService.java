package io.engram.learner;

import io.engram.core.evaluation.TaskScore;
import io.engram.core.learning.GroupOutcome;
import io.engram.core.learning.LifelongState;
import io.engram.core.learning.Retained;
import io.engram.engine.Engines;
import io.engram.kafkakit.ProgressGroup;
import io.engram.learner.OpenedResources.Opening;
import io.engram.learner.agent.CandidateSink;
import io.engram.learner.agent.CatchingUp;
import io.engram.learner.agent.LearnerAgent;
import io.engram.learner.agent.Publishing;
import io.engram.learner.agent.StatusBoard;
import io.engram.learner.agent.StatusBoard.Snapshot;
import io.engram.learner.agent.TaskLog;
import io.engram.learner.backup.FileBackupDesk;
import io.engram.learner.kafka.CandidateSignatures;
import io.engram.learner.kafka.Forgotten;
import io.engram.learner.kafka.KafkaCandidateSink;
import io.engram.learner.kafka.KafkaPublishedModels;
import io.engram.learner.kafka.KafkaTaskLog;
import io.engram.learner.kafka.LearnerTopics;
import io.engram.learner.rocksdb.ComputedBy;
import io.engram.learner.rocksdb.RocksLearnerStore;
import io.engram.model.Measure;
import io.engram.schemas.Topics;
import io.engram.servicekit.health.Headway;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The learner: takes tasks from Kafka, learns from them without end, publishes candidates.
 *
 * <p><b>Threading:</b> one thread named {@code engram-learner} owns all state; the methods here may be called from any thread.
 * <b>Durability:</b> every group is committed to the store before anything of it is published; killed at any instant, the next start goes
 * on from the last commit. <b>Exclusiveness:</b> one learner per model; a second one on the same topics fences the first.
 */
public final class LearnerService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LearnerService.class);
  private static final long CLOSE_SECONDS = 30;

  private final LearnerConfig config;
  private final TaskLog log;
  private final StatusBoard board;
  private final String engine;
  private final CompletableFuture<Void> termination = new CompletableFuture<>();
  private volatile boolean stopping;

  private LearnerService(LearnerConfig config, TaskLog log, StatusBoard board, String engine) {
    this.config = config;
    this.log = log;
    this.board = board;
    this.engine = engine;
  }

  /**
   * Opens the store, finds an engine, takes over publishing for the model, and starts learning. Store and engine are opened while the
   * Kafka clients connect.
   *
   * @param kafkaProperties client properties, {@code bootstrap.servers} among them
   * @throws RuntimeException if the store cannot be used, Kafka cannot be reached, or the engine cannot run the algorithm
   */
  public static LearnerService start(
      LearnerConfig config,
      Topics topics,
      Map<String, Object> kafkaProperties,
      MeterRegistry meters) {
    return start(config, topics, kafkaProperties, meters, CandidateSignatures.NONE);
  }

  /** The same, with candidates signed, and the registry's signatures checked. */
  public static LearnerService start(
      LearnerConfig config,
      Topics topics,
      Map<String, Object> kafkaProperties,
      MeterRegistry meters,
      CandidateSignatures signatures) {
    return start(
        LearnerKind.of(config.settings()), config, topics, kafkaProperties, meters, signatures);
  }

  private static <
          S extends LifelongState, O extends GroupOutcome, T extends RocksLearnerStore<S, O>>
      LearnerService start(
          LearnerKind<S, O, T> kind,
          LearnerConfig config,
          Topics topics,
          Map<String, Object> kafkaProperties,
          MeterRegistry meters,
          CandidateSignatures signatures) {
    OpenedResources resources = new OpenedResources();
    try {
      Opening<T> storeOpening =
          resources.opening(
              "store", () -> kind.open(config.store().directory(), config.store().sync()));
      Opening<ChosenEngine<S, O>> engineOpening =
          resources.opening("engine", () -> choose(kind, config, storeOpening));
      KafkaTaskLog log = resources.add(new KafkaTaskLog(kafkaProperties, topics.tasks()));
      if (!log.exists(topics.modelCandidates())) {
        LearnerTopics.create(topics, config.replication(), kafkaProperties);
      }
      Forgotten forgotten = Forgotten.read(log, topics, kafkaProperties);
      // What comes next fences an earlier learner: not before this one can use its store and has an
      // engine.
      T store = storeOpening.await();
      ChosenEngine<S, O> engine = engineOpening.await();
      store.follows(forgotten.generation());
      announce(engine, store.computedBy());
      store.computesWith(engine.by());
      CandidateSink sink =
          resources.add(
              new CatchingUp(
                  new KafkaCandidateSink(
                      kafkaProperties,
                      topics.modelCandidates(),
                      config.modelName(),
                      signatures.key()),
                  forgotten.known()));
      if (config.store().rebuild()) {
        kind.recovery(
                store,
                log,
                new KafkaPublishedModels(
                    kafkaProperties,
                    topics,
                    config.modelName(),
                    signatures,
                    forgotten.generation()))
            .ifLost();
      }
      StatusBoard board = new StatusBoard(config.settings().window());
      LearnerAgent<S, O> agent =
          new LearnerAgent<>(
              config.settings(),
              new Publishing(
                  config.modelName(),
                  config.publishEvery(),
                  Platform.provenance(
                      engine.computation().engine(), forgotten.generation(), config.wishes()),
                  sink),
              engine.computation().resumption(),
              log,
              store,
              new FileBackupDesk(config.store().directory()),
              board);
      LearnerService service = new LearnerService(config, log, board, engine.inWords());
      LearnerMeters shown = new LearnerMeters(meters, config.modelName());
      shown.bind(service, log::lagSeconds);
      shown.bind(store);
      shown.bind(board.phases());
      resources.add(log.meters(meters));
      resources.add(
          ProgressGroup.start(
              kafkaProperties,
              topics.learnerGroup(config.modelName()),
              topics.tasks(),
              () -> board.snapshot().progress().nextOffsets()));
      new Thread(() -> service.run(agent, resources), "engram-learner").start();
      return service;
    } catch (RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  /** Looking for engines and compiling go on while the Kafka clients connect. */
  private static <
          S extends LifelongState, O extends GroupOutcome, T extends RocksLearnerStore<S, O>>
      ChosenEngine<S, O> choose(LearnerKind<S, O, T> kind, LearnerConfig config, Opening<T> store) {
    EngineChoice<S, O> choice =
        new EngineChoice<>(
            Engines.kinds(), config.engine(), engine -> kind.compile(engine, config.readAhead()));
    return choice.take(store.await().computedBy());
  }

  private static void announce(ChosenEngine<?, ?> engine, Optional<ComputedBy> before) {
    LOG.info("computing with {}", engine.inWords());
    before
        .filter(it -> !it.sameAs(engine.by()))
        .ifPresent(
            it ->
                LOG.warn(
                    "the store holds what {} computed; {} goes on from there, not with the bits the other would have given",
                    it,
                    engine.by()));
  }

  private void run(LearnerAgent<?, ?> agent, OpenedResources resources) {
    try (resources) {
      agent.run(() -> stopping);
    } catch (RuntimeException | Error e) {
      LOG.error("the learner has stopped: {}", e.getMessage(), e);
      termination.completeExceptionally(e);
    }
    termination.complete(null);
  }

  /** Completes when the learner has stopped: normally after {@link #close}, else with what stopped it. */
  public CompletableFuture<Void> termination() {
    return termination.copy();
  }

  /** For people: the engine it computes with, on what, and why no better one was taken. */
  public String engine() {
    return engine;
  }

  /** How far it has come, for whoever watches over its health. */
  public Headway headway() {
    return board.headway();
  }

  public LearnerStatus status() {
    Snapshot now = board.snapshot();
    return new LearnerStatus(
        new Learned(
            now.progress().tasks() + now.waiting().tasks(),
            now.progress().examples() + now.waiting().examples(),
            now.progress().refused() + now.waiting().refused(),
            now.metaUpdates(),
            now.memoryTasks(),
            now.quarantine()),
        now.waiting().tasks(),
        new ScoresShown(
            Measure.of(config.settings().network().head()),
            now.scores().firstWindow(),
            now.scores().lastWindow(),
            now.scores().lastScores().stream().map(TaskScore::model).toList()),
        now.retained().score(),
        board.leftOutEpisodes(),
        board.candidates(),
        now.lag());
  }

  /** By how much the newest version is better than the best one before it on the same examples of the whole past; negative where it forgot. */
  double kept() {
    Retained retained = board.snapshot().retained();
    return Measure.of(config.settings().network().head())
        .advantage(retained.score(), retained.before());
  }

  /** Stops after the group at hand; waits for it, half a minute at most. Idempotent. */
  @Override
  public void close() {
    stopping = true;
    log.wakeup();
    try {
      termination.get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      LOG.debug("closed a learner that had already failed", e);
    } catch (TimeoutException e) {
      LOG.warn("the learner did not stop within {} s; what it committed is safe", CLOSE_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
