package io.engram.learner;

import static io.engram.learner.TaskTopic.candidates;
import static io.engram.learner.TaskTopic.manifests;
import static io.engram.learner.TaskTopic.produce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.engram.core.compute.EngineKind.Availability;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.engine.Engines;
import io.engram.learner.rocksdb.ComputedBy;
import io.engram.learner.rocksdb.RocksLearnerStore;
import io.engram.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The learner and its engine, where {@link BorrowedKind} is on the class path beside ours. */
class EngineOfServiceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ComputedBy FUSED =
      new ComputedBy("fused", ((Availability.Here) Engines.kind("fused").availability()).device());

  private final Topics topics = new Topics(TestBroker.uniquePrefix("engine"));
  private final Logger logger = (Logger) LoggerFactory.getLogger(LearnerService.class);
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();

  @TempDir private Path directory;

  @BeforeEach
  void listen() {
    TestBroker.createTopic(topics.tasks(), 1);
    said.start();
    logger.setLevel(Level.INFO); // the tests' broker silences all but errors
    logger.addAppender(said);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(said);
    logger.setLevel(null);
  }

  @Test
  void autoComputesWithTheFusedEngineAndSaysSo() {
    try (LearnerService learner = start("auto")) {
      assertThat(learner.engine()).isEqualTo(FUSED.toString());
      assertThat(lines("INFO")).contains("computing with " + FUSED);
      learn(learner, 0, 20);
    }
    assertThat(manifests(topics).get(0).getLineage().getEngine()).isEqualTo("fused-cpu");
    assertThat(computedBy()).isEqualTo(FUSED);
    try (LearnerService learner = start("auto")) {
      learn(learner, 20, 40);
    }
    assertThat(lines("WARN")).isEmpty();
  }

  @Test
  void anEngineThatSomebodyElseBringsRunsTheServiceByItsName(@TempDir Path other) {
    try (LearnerService learner = start(BorrowedKind.NAME)) {
      assertThat(learner.engine()).isEqualTo("borrowed (somebody else's device)");
      learn(learner, 0, 40);
    }
    assertThat(manifests(topics))
        .hasSize(2)
        .allSatisfy(it -> assertThat(it.getLineage().getEngine()).isEqualTo("borrowed-cpu"));

    Topics again = new Topics(TestBroker.uniquePrefix("engine-again"));
    TestBroker.createTopic(again.tasks(), 1);
    try (LearnerService learner = start("fused", other, again)) {
      produce(again, 0, 40);
      await().atMost(PATIENCE).until(() -> learner.status().learned().tasks() == 40);
    }
    assertThat(candidates(again))
        .as("it computes as the fused engine does")
        .isEqualTo(candidates(topics));
  }

  @Test
  void aStoreGoesOnWithAnotherEngineAndSaysItOnce() {
    try (LearnerService learner = start(BorrowedKind.NAME)) {
      learn(learner, 0, 20);
    }
    assertThat(lines("WARN")).isEmpty();
    try (LearnerService learner = start("fused")) {
      learn(learner, 20, 40);
    }
    assertThat(lines("WARN"))
        .containsExactly(
            "the store holds what borrowed (somebody else's device) computed; %s goes on from there, not with the bits the other would have given"
                .formatted(FUSED));
    assertThat(computedBy()).isEqualTo(FUSED);
    try (LearnerService learner = start("auto")) {
      learn(learner, 40, 60);
    }
    assertThat(lines("WARN")).hasSize(1);
  }

  @Test
  void aNamedEngineThatCannotRunHereStopsTheStartBeforeAnEarlierLearnerIsFenced(
      @TempDir Path other) {
    try (LearnerService earlier = start("auto")) {
      assertThatThrownBy(() -> start("nd4j", other, topics))
          .isInstanceOf(UnsupportedNetworkException.class)
          .hasMessageContaining("the engine nd4j cannot run this learner here")
          .hasMessageContaining("ND4J is not on the class path");
      learn(earlier, 0, 20);
      assertThat(earlier.termination()).isNotDone();
    }
  }

  @Test
  void anEngineThatIsNotThereStopsTheStartNamingThoseThatAre() {
    assertThatThrownBy(() -> start("warp"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no compute engine is called 'warp'; there are auto, borrowed, dl4j, fused, nd4j");
  }

  private void learn(LearnerService learner, int from, int to) {
    produce(topics, from, to);
    await().atMost(PATIENCE).until(() -> learner.status().learned().tasks() == to);
  }

  private ComputedBy computedBy() {
    try (RocksLearnerStore<?, ?> store =
        RocksLearnerStore.open(directory.resolve("learner"), TestSettings.sinusoid(100), false)) {
      return store.computedBy().orElseThrow();
    }
  }

  private List<String> lines(String level) {
    return said.list.stream()
        .filter(event -> event.getLevel().toString().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private LearnerService start(String engine) {
    return start(engine, directory, topics);
  }

  private static LearnerService start(String engine, Path directory, Topics topics) {
    LearnerConfig config =
        new LearnerConfig(
            "default",
            new StoreConfig(directory.resolve("learner"), false, true),
            TestSettings.sinusoid(100),
            5,
            8,
            new EngineConfig(engine, 2),
            (short) 1);
    return LearnerService.start(config, topics, TaskTopic.kafka(), new SimpleMeterRegistry());
  }
}
