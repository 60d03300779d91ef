package io.engram.learner;

import static io.engram.learner.TaskTopic.candidates;
import static io.engram.learner.TaskTopic.produce;
import static io.engram.learner.TaskTopic.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.learner.backup.RunningLearner;
import io.engram.learner.rocksdb.StoreBackup;
import io.engram.model.Measure;
import io.engram.schemas.Topics;
import io.engram.schemas.TraceContext;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnerServiceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Topics topics = new Topics(TestBroker.uniquePrefix("learner"));

  @TempDir private Path directory;

  @Test
  void learnsFromTheLogAndPublishesCandidates() {
    try (LearnerService learner = start(directory, topics)) {
      produce(topics, 0, 400);
      await().atMost(PATIENCE).until(() -> learner.status().learned().tasks() == 400);
      LearnerStatus status = learner.status();
      assertThat(status.learned().examples()).isEqualTo(400 * Tasks.EXAMPLES);
      assertThat(status.learned().metaUpdates()).isEqualTo(600);
      assertThat(status.learned().memoryTasks()).isEqualTo(100);
      assertThat(status.scores().measure()).isEqualTo(Measure.SQUARED_ERROR);
      assertThat(status.scores().last().model())
          .as("meta-learned parameters adapt better than the ones it began with")
          .isLessThan(0.8 * status.scores().last().untrained());
      await().atMost(PATIENCE).until(() -> candidates(topics).size() == 20);
    }
  }

  @Test
  void eachPhaseOfAMetaUpdateIsTimed() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    TestBroker.createTopic(topics.tasks(), 1);
    try (LearnerService learner =
        LearnerService.start(config(directory), topics, TaskTopic.kafka(), meters)) {
      produce(topics, 0, 40);
      await().atMost(PATIENCE).until(() -> candidates(topics).size() == 2);
      double updates = (double) learner.status().learned().metaUpdates();
      assertThat(updates).isPositive();
      for (String phase : List.of("gradient", "outer")) {
        assertThat(timer(meters, phase).count()).as(phase).isEqualTo(updates);
      }
      double whole = 0;
      for (String phase :
          List.of(
              "show",
              "score",
              "draw",
              "gradient",
              "outer",
              "learn",
              "examine",
              "store",
              "publish")) {
        assertThat(timer(meters, phase).count()).as(phase).isPositive();
        whole += timer(meters, phase).totalTime(TimeUnit.SECONDS);
      }
      assertThat(timer(meters, "gradient").totalTime(TimeUnit.SECONDS)).isBetween(0.0, whole);
    }
  }

  private static FunctionTimer timer(SimpleMeterRegistry meters, String phase) {
    return meters.getMeters().stream()
        .filter(FunctionTimer.class::isInstance)
        .map(FunctionTimer.class::cast)
        .filter(it -> phase.equals(it.getId().getTag("phase")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCandidateHasTheTraceOfTheTaskThatClosedItsGroup() {
    TraceContext first = trace(1);
    TraceContext last = trace(2);
    try (LearnerService learner = start(directory, topics)) {
      int group = 20;
      TaskTopic.sendTraced(topics, Tasks.sinusoid(0), first);
      produce(topics, 1, group - 1);
      TaskTopic.sendTraced(topics, Tasks.sinusoid(group - 1), last);
      produce(topics, group, 2 * group);
      await().atMost(PATIENCE).until(() -> candidates(topics).size() == 2);
      assertThat(TaskTopic.traces(topics))
          .containsExactly(
              Optional.of(new TraceContext(last.parent(), "", List.of(first.parent()))),
              Optional.empty());
      assertThat(learner.termination()).isNotDone();
    }
  }

  private static TraceContext trace(int number) {
    return TraceContext.of("00-%032x-00f067aa0ba902b7-01".formatted(number)).orElseThrow();
  }

  @Test
  void stoppedAndStartedAnywhereItPublishesTheSameCandidates(@TempDir Path other) {
    try (LearnerService learner = start(directory, topics)) {
      produce(topics, 0, 100);
      await().atMost(PATIENCE).until(() -> learner.status().learned().tasks() == 100);
    }
    List<String> whole = candidates(topics);

    Topics again = new Topics(TestBroker.uniquePrefix("learner-again"));
    for (int from = 0; from < 100; from += 10) {
      int end = from + 10;
      try (LearnerService learner = start(other, again)) {
        produce(again, from, end);
        await().atMost(PATIENCE).until(() -> learner.status().learned().tasks() == end);
      }
    }
    assertThat(whole).hasSize(5);
    assertThat(candidates(again).stream().distinct())
        .as("a restart may publish the newest candidate once more, never another")
        .containsExactlyElementsOf(whole);
  }

  @Test
  void howFarItHasComeStandsInAConsumerGroup() {
    TopicPartition tasks = new TopicPartition(topics.tasks(), 0);
    try (LearnerService learner = start(directory, topics)) {
      produce(topics, 0, 30);
      await().atMost(PATIENCE).until(() -> learner.status().learned().tasks() == 30);
    }
    // Groups of four: two tasks are taken up and not committed, and will be shown again.
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestBroker.bootstrapServers()))) {
      assertThat(
              admin
                  .listConsumerGroupOffsets(topics.learnerGroup("default"))
                  .partitionsToOffsetAndMetadata())
          .succeedsWithin(PATIENCE)
          .isEqualTo(Map.of(tasks, new OffsetAndMetadata(28)));
    }
  }

  @Test
  void startedBeforeIngestItWaitsForTheTopic() {
    try (LearnerService learner = startWithoutTopic(directory, topics)) {
      TestBroker.createTopic(topics.tasks(), 1);
      produce(topics, 0, 4);
      await().atMost(PATIENCE).until(() -> learner.status().learned().tasks() == 4);
    }
  }

  @Test
  void stoppedWhileItWaitsForTheTopicItEndsInPeace() {
    LearnerService learner = startWithoutTopic(directory, topics);
    learner.close();
    assertThat(learner.termination()).isCompleted();
  }

  @Test
  void aLearnerAtWorkIsBackedUpOnRequest(@TempDir Path other) {
    Path copy = other.resolve("copy");
    try (LearnerService learner = start(directory, topics)) {
      produce(topics, 0, 40);
      await().atMost(PATIENCE).until(() -> learner.status().learned().tasks() == 40);
      new RunningLearner(directory.resolve("learner")).backUp(copy, PATIENCE);
      assertThat(StoreBackup.describe(copy).progress().tasks()).isEqualTo(40);
      assertThatThrownBy(
              () -> new RunningLearner(directory.resolve("learner")).backUp(copy, PATIENCE))
          .hasMessageContaining("it is not empty");
      produce(topics, 40, 60);
      await().atMost(PATIENCE).until(() -> learner.status().learned().tasks() == 60);
    }
    List<String> whole = candidates(topics);
    StoreBackup.restore(copy, other.resolve("learner"));
    try (LearnerService learner = startWithoutTopic(other, topics)) {
      await().atMost(PATIENCE).until(() -> learner.status().learned().tasks() == 60);
    }
    assertThat(candidates(topics).stream().distinct())
        .as("from the backup on it learns the same again, and publishes nothing else")
        .containsExactlyElementsOf(whole);
  }

  @Test
  void poisonInTheLogIsPassedAndCounted() {
    try (LearnerService learner = start(directory, topics)) {
      send(topics, "not avro".getBytes(StandardCharsets.UTF_8));
      send(topics, new byte[0]);
      produce(topics, 0, 8);
      await().atMost(PATIENCE).until(() -> learner.status().learned().tasks() == 8);
      assertThat(learner.status().learned().refusedTasks()).isEqualTo(2);
      assertThat(learner.termination()).isNotDone();
    }
  }

  @Test
  void aSecondLearnerOfTheModelFencesTheFirst(@TempDir Path other) {
    try (LearnerService first = start(directory, topics);
        LearnerService second = start(other, topics)) {
      produce(topics, 0, 40);
      await().atMost(PATIENCE).until(() -> first.termination().isCompletedExceptionally());
      assertThatThrownBy(() -> first.termination().join()).rootCause().isNotNull();
      assertThatThrownBy(() -> first.termination().join())
          .cause()
          .hasMessageContaining("another learner has taken over this model");
      await().atMost(PATIENCE).until(() -> second.status().learned().tasks() == 40);
      assertThat(second.termination()).isNotDone();
    }
  }

  private static LearnerService start(Path directory, Topics topics) {
    TestBroker.createTopic(topics.tasks(), 1);
    return startWithoutTopic(directory, topics);
  }

  private static LearnerConfig config(Path directory) {
    return new LearnerConfig(
        "default",
        new StoreConfig(directory.resolve("learner"), false, true),
        TestSettings.sinusoid(100),
        5,
        8,
        new EngineConfig("auto", 2),
        (short) 1);
  }

  private static LearnerService startWithoutTopic(Path directory, Topics topics) {
    return LearnerService.start(
        config(directory), topics, TaskTopic.kafka(), new SimpleMeterRegistry());
  }
}
