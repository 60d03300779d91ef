package io.engram.ingest.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.engram.ingest.domain.PartitionCounts.Total;
import io.engram.ingest.format.ExampleDecoder;
import io.engram.schemas.Rejected;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GrouperTest {

  private static final IngestRules CONFIG =
      GroupingRig.config()
          .with(new GroupingRules(3, 5, Duration.ofSeconds(10), 16 << 20))
          .with(new SplitRules(1, 2, OptionalDouble.empty(), 2, 3));

  private final GroupingRig rig = new GroupingRig(CONFIG);

  @Test
  void anExampleIsDecodedOnceUnlessThereIsNoRoomToKeepIt() {
    GroupingRig cramped = new GroupingRig(CONFIG, new DecodedRoom(0));
    for (int i = 0; i < 6; i++) {
      rig.send("k", Examples.classified(i, "a"));
      cramped.send("k", Examples.classified(i, "a"));
    }
    assertThat(rig.tasks).hasSize(2).isEqualTo(cramped.tasks);
    assertThat(rig.decoded()).isEqualTo(6);
    assertThat(cramped.decoded()).isEqualTo(12);
  }

  @Test
  void aRestartDecodesWhatIsOpenAgain() {
    DecodedRoom room = new DecodedRoom(1 << 20);
    GroupingRig restarted = new GroupingRig(CONFIG, room);
    restarted.send("k", Examples.classified(0, "a"));
    restarted.send("k", Examples.classified(1, "b"));
    restarted.restart();
    assertThat(room.free()).as("nothing is held any more").isEqualTo(1 << 20);
    for (int i = 2; i < 6; i++) {
      restarted.send("k", Examples.classified(i, "a"));
    }
    assertThat(restarted.tasks)
        .extracting(Examples::numbers)
        .containsExactly(List.of(0, 1, 2), List.of(3, 4, 5));
    assertThat(restarted.decoded()).isEqualTo(6 + 3);
    assertThat(room.free()).isEqualTo(1 << 20);
  }

  @Test
  void whatAnotherFormatCannotReadAnyMoreIsRejected() {
    rig.send("k", Examples.classified(0, "a"));
    rig.send("k", Examples.classified(1, "b"));
    rig.restart();
    rig.decodeWith(value -> new ExampleDecoder.Decoded.Undecodable("no longer"));
    rig.pass(20_000);
    assertThat(rig.reasons()).containsExactly("no longer", "no longer");
    assertThat(rig.store.buffered()).isZero();
    assertThat(rig.counts.of(Total.OPEN)).hasValue(0);
  }

  @Test
  void theEndClosesWhatIsOpenAndSaysWhatIsTooLittle() {
    rig.send("one", Examples.classified(0, "a"));
    rig.send("two", Examples.classified(1, "a"));
    rig.send("two", Examples.classified(2, "b"));
    rig.end();
    rig.end();
    assertThat(rig.tasks).hasSize(1);
    Task task = rig.tasks.get(0);
    assertThat(task.getTaskKey()).isEqualTo("two");
    assertThat(task.getClosedBy()).isEqualTo(ClosedBy.BOUNDARY);
    assertThat(Examples.numbers(task.getSupport())).containsExactly(1);
    assertThat(Examples.numbers(task.getQuery())).containsExactly(2);
    assertThat(rig.reasons()).hasSize(1);
    assertThat(rig.reasons().get(0)).startsWith("task too small: 1 of at least 2 examples");
    assertThat(rig.store.buffered()).isZero();
    assertThat(rig.counts.of(Total.OPEN)).hasValue(0);
  }

  @Test
  void whatTheEndCutShortIsSplitInProportion() {
    IngestRules rules =
        CONFIG
            .with(new GroupingRules(20, 50, Duration.ofSeconds(10), 16 << 20))
            .with(new SplitRules(4, 10, OptionalDouble.empty(), 2, 3));
    GroupingRig ended = new GroupingRig(rules);
    for (int i = 0; i < 8; i++) {
      ended.send("numbers", Examples.regression(i));
      ended.send("classes", Examples.classified(10 + i, "ab".substring(i % 2, i % 2 + 1)));
      ended.send("named", Examples.example(20 + i, "a", "the-task", Part.AUTO));
    }
    ended.end();
    assertThat(ended.tasks)
        .extracting(Task::getTaskKey, task -> Examples.numbers(task.getSupport()))
        .containsExactlyInAnyOrder(
            tuple("numbers", List.of(0, 1, 2, 3)),
            tuple("classes", List.of(10, 11, 12, 13)),
            tuple("named", List.of(20, 21, 22, 23)));
  }

  @Test
  void aTaskIsClosedAtItsSize() {
    for (int i = 0; i < 7; i++) {
      rig.send("k", Examples.classified(i, i % 2 == 0 ? "even" : "odd"));
    }
    assertThat(rig.tasks).extracting(Task::getTaskId).containsExactly("k#0", "k#1");
    Task second = rig.tasks.get(1);
    assertThat(second.getTaskKey()).isEqualTo("k");
    assertThat(second.getSequence()).isEqualTo(1);
    assertThat(second.getClosedBy()).isEqualTo(ClosedBy.SIZE);
    assertThat(second.getClasses()).containsExactly("odd", "even");
    assertThat(Examples.numbers(second.getSupport())).containsExactly(3, 4);
    assertThat(Examples.targets(second.getSupport())).containsExactly(0, 1);
    assertThat(Examples.numbers(second.getQuery())).containsExactly(5);
    assertThat(Examples.targets(second.getQuery())).containsExactly(0);
    assertThat(second.getSourcePartition()).isEqualTo(3);
    assertThat(second.getFirstOffset()).isEqualTo(3);
    assertThat(second.getLastOffset()).isEqualTo(5);
    assertThat(second.getClosedAt().toEpochMilli()).isEqualTo(rig.now());
    assertThat(rig.counts.of(Total.OPEN)).hasValue(1);
  }

  @Test
  void aRegressionKeepsItsValues() {
    for (int i = 1; i <= 3; i++) {
      rig.send("k", Examples.regression(i));
    }
    Task task = rig.tasks.get(0);
    assertThat(task.getClasses()).isEmpty();
    assertThat(Tensors.floats(task.getSupport().getTargets())).containsExactly(-1, -2);
    assertThat(Tensors.shape(task.getSupport().getTargets())).containsExactly(2, 1);
    assertThat(Tensors.floats(task.getQuery().getTargets())).containsExactly(-3);
  }

  @Test
  void aSilentKeyIsClosedAndABusyOneIsNot() {
    rig.send("silent", Examples.classified(1, "a"));
    rig.send("silent", Examples.classified(2, "b"));
    rig.pass(6_000);
    rig.send("busy", Examples.classified(3, "a"));
    rig.pass(4_000);
    assertThat(rig.tasks).as("the log's own time has not passed yet").isEmpty();
    rig.send("busy", Examples.classified(4, "a"));
    rig.pass(1);
    assertThat(rig.tasks)
        .singleElement()
        .satisfies(
            task -> {
              assertThat(task.getTaskKey()).isEqualTo("silent");
              assertThat(task.getClosedBy()).isEqualTo(ClosedBy.IDLE);
              assertThat(Examples.numbers(task)).containsExactly(1, 2);
            });
    assertThat(rig.counts.of(Total.OPEN)).hasValue(2);
  }

  @Test
  void aPartitionThatIsBehindDoesNotCloseTasksWhoseExamplesWaitInTheLog() {
    long start = rig.now();
    rig.send("k", Examples.classified(1, "a"), start);
    rig.pass(30_000);
    rig.send("other", Examples.classified(2, "a"), start + 1);
    rig.pass(5_000);
    rig.send("other", Examples.classified(3, "b"), start + 2);
    rig.pass(5_000);
    assertThat(rig.tasks).as("35 s on the clock, 2 ms in the log, partition busy").isEmpty();
  }

  @Test
  void aGapInEventTimeClosesATaskTooSoThatAReplayGroupsAsTheFirstRunDid() {
    long start = rig.now();
    rig.send("k", Examples.classified(1, "a"), start);
    rig.send("k", Examples.classified(2, "a"), start + 9_999);
    rig.send("k", Examples.classified(3, "a"), start + 19_999);
    assertThat(rig.tasks)
        .singleElement()
        .satisfies(task -> assertThat(Examples.numbers(task)).containsExactly(1, 2));
  }

  @Test
  void examplesWithATaskIdStayTogetherUntilTheIdChanges() {
    rig.send("k", Examples.example(1, "a", "t-1", Part.AUTO));
    rig.send("k", Examples.example(2, "a", "t-1", Part.AUTO));
    rig.send("k", Examples.example(3, "a", "t-1", Part.AUTO));
    rig.send("k", Examples.example(4, "a", "t-1", Part.AUTO));
    rig.send("k", Examples.example(5, "a", "t-2", Part.AUTO));
    rig.send("k", Examples.example(6, "a", "t-2", Part.AUTO));
    rig.send("k", Examples.classified(7, "a"));
    assertThat(rig.tasks).extracting(Task::getTaskId).containsExactly("t-1", "t-2");
    assertThat(rig.tasks).extracting(Task::getClosedBy).containsOnly(ClosedBy.EXPLICIT);
    assertThat(rig.tasks).extracting(Task::getSequence).containsExactly(0L, 1L);
    assertThat(Examples.numbers(rig.tasks.get(0))).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aTaskIdThatGoesOnForEverIsCutIntoNumberedPieces() {
    for (int i = 0; i < 15; i++) {
      rig.send("k", Examples.example(i, "a", "long", Part.AUTO));
    }
    assertThat(rig.tasks).extracting(Task::getTaskId).containsExactly("long", "long#2", "long#3");
    assertThat(rig.tasks).extracting(Task::getClosedBy).containsOnly(ClosedBy.SIZE);
  }

  @Test
  void theExamplesOfATaskThatIsTooSmallAreRejectedAsTheyCameIfSoConfigured() {
    GroupingRig rig = new GroupingRig(tooSmall(TooSmall.REJECT));
    byte[] value = Examples.bytes(Examples.classified(1, "a"));
    rig.send("k", value);
    rig.pass(10_000);
    assertThat(rig.rejected)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.value()).isEqualTo(value);
              assertThat(one.rejected().category()).isEqualTo("task-too-small");
              assertThat(one.rejected().reason())
                  .startsWith("task too small: 1 of at least 2 examples");
              assertThat(one.rejected().source())
                  .isEqualTo(new Rejected.Source.Log("examples", 3, 0));
            });
    assertThat(rig.counts.of(Total.OPEN)).hasValue(0);
    rig.send("k", Examples.classified(2, "a"));
    rig.send("k", Examples.classified(3, "a"));
    rig.send("k", Examples.classified(4, "a"));
    assertThat(rig.tasks)
        .as("the number was not used up")
        .extracting(Task::getTaskId)
        .containsExactly("k#0");
  }

  private static IngestRules tooSmall(TooSmall rule) {
    return CONFIG.with(CONFIG.grouping().with(Strays.defaults().with(rule)));
  }

  @Test
  void aLoneExampleWaitsForTheNextOfItsKey() {
    rig.send("k", Examples.classified(1, "a"));
    rig.pass(60_000);
    assertThat(rig.rejected).isEmpty();
    assertThat(rig.counts.of(Total.OPEN)).hasValue(1);
    rig.send("k", Examples.classified(2, "b"));
    rig.pass(60_000);
    assertThat(rig.tasks)
        .singleElement()
        .satisfies(
            task -> {
              assertThat(Examples.numbers(task)).containsExactly(1, 2);
              assertThat(task.getClosedBy()).isEqualTo(ClosedBy.IDLE);
              assertThat(List.of(task.getFirstOffset(), task.getLastOffset()))
                  .containsExactly(0L, 1L);
            });
  }

  @Test
  void whatWaitsGivesWayToWhatDoesNotFitBesideIt() {
    rig.send("k", Examples.classified(1, "a"));
    rig.pass(60_000);
    rig.send("k", Examples.regression(2));
    assertThat(rig.rejected)
        .extracting(one -> one.rejected().category())
        .containsExactly("task-too-small");
    assertThat(rig.counts.of(Total.OPEN)).hasValue(1);
  }

  @Test
  void whatWaitsForVeryLongIsRejectedAfterAll() {
    rig.send("k", Examples.classified(1, "a"));
    rig.pass(CONFIG.keyMemory().toMillis() + 1);
    rig.forget();
    assertThat(rig.reasons()).singleElement().asString().startsWith("task too small: 1 of");
    assertThat(rig.store.buffered()).isZero();
  }

  @Test
  void aSmallTaskIsMadeAllTheSameIfSoConfigured() {
    IngestRules rules =
        tooSmall(TooSmall.EMIT).with(new SplitRules(1, 2, OptionalDouble.empty(), 3, 3));
    GroupingRig emitting = new GroupingRig(rules);
    emitting.send("k", Examples.classified(1, "a"));
    emitting.send("k", Examples.classified(2, "a"));
    emitting.send("lone", Examples.classified(3, "a"));
    emitting.pass(20_000);
    assertThat(emitting.tasks).extracting(Examples::numbers).containsExactly(List.of(1, 2));
    assertThat(emitting.rejected).isEmpty();
  }

  @Test
  void anExampleThatComesTwiceIsTakenOnceWithinTheHorizon() {
    GroupingRig once =
        new GroupingRig(CONFIG.with(CONFIG.grouping().with(new Strays(TooSmall.REJECT, "", 2))));
    once.send("k", Examples.classified(1, "a"));
    once.send("k", Examples.classified(1, "a"));
    once.send("other", Examples.classified(1, "a"));
    once.restart();
    once.send("k", Examples.classified(1, "a"));
    once.send("k", Examples.classified(2, "a"));
    once.send("k", Examples.classified(3, "a"));
    once.send("k", Examples.classified(1, "a"));
    assertThat(once.tasks).extracting(Examples::numbers).containsExactly(List.of(1, 2, 3));
    assertThat(once.counts.rejected(Category.DUPLICATE)).hasValue(2);
    assertThat(once.reasons().get(0))
        .isEqualTo(
            "example 'e-1': its id was among the last 2 of its key already (ingest.grouping.remembered-ids)");
    once.pass(20_000);
    assertThat(once.counts.rejected(Category.TASK_TOO_SMALL)).hasValue(2);
    once.send("other", Examples.classified(1, "a"));
    assertThat(once.counts.rejected(Category.DUPLICATE))
        .as("what was rejected may come again")
        .hasValue(2);
  }

  @Test
  void recordsWithoutAKeyAreGroupedUnderTheNameTheyAreGiven() {
    GroupingRig keyless =
        new GroupingRig(
            CONFIG.with(CONFIG.grouping().with(new Strays(TooSmall.MERGE, "stream", 0))));
    for (int i = 0; i < 3; i++) {
      keyless.send(null, Examples.bytes(Examples.classified(i, "a")));
    }
    assertThat(keyless.tasks).extracting(Task::getTaskKey).containsExactly("stream-3");
  }

  @Test
  void aTaskThatIsOldEnoughIsClosed() {
    GroupingRig ageing =
        new GroupingRig(
            CONFIG.with(
                CONFIG
                    .grouping()
                    .with(
                        new Cuts(
                            Optional.of(Duration.ofSeconds(5)),
                            Optional.empty(),
                            Optional.empty()))));
    long start = ageing.now();
    for (int i = 0; i < 4; i++) {
      ageing.send("k", Examples.classified(i, "a"), start + 2_500L * i);
    }
    assertThat(ageing.tasks)
        .singleElement()
        .satisfies(
            task -> {
              assertThat(Examples.numbers(task)).containsExactly(0, 1);
              assertThat(task.getClosedBy()).isEqualTo(ClosedBy.AGE);
            });
  }

  @Test
  void tooManyClassesAreRejected() {
    GroupingRig wide =
        new GroupingRig(CONFIG.with(new GroupingRules(4, 5, Duration.ofSeconds(10), 16 << 20)));
    for (int i = 0; i < 4; i++) {
      wide.send("k", Examples.classified(i, "class-" + i));
    }
    assertThat(wide.tasks).isEmpty();
    assertThat(wide.reasons())
        .hasSize(4)
        .allSatisfy(
            reason ->
                assertThat(reason).startsWith("the task has 4 classes, at most 3 are allowed"));
  }

  @Test
  void aBadExampleNeverTakesItsNeighboursWithIt() {
    rig.send("k", Examples.classified(1, "a"));
    rig.send("k", new byte[] {1, 2, 3});
    rig.send("k", Examples.withFeatures(Tensors.float32(new float[] {1, 2}, 2)));
    rig.send("k", Examples.regression(9));
    rig.send("k", Examples.withFeatures(Tensors.float32(new float[] {Float.NaN}, 1)));
    rig.send("k", Examples.classified(2, "a"));
    rig.send("k", Examples.classified(3, "a"));
    assertThat(rig.tasks)
        .singleElement()
        .satisfies(task -> assertThat(Examples.numbers(task)).containsExactly(1, 2, 3));
    assertThat(rig.rejected)
        .extracting(one -> one.rejected().category())
        .containsExactly("undecodable", "feature-shape", "label-kind", "not-finite");
    assertThat(rig.reasons().get(1))
        .isEqualTo("example 'e-f': features have shape [2], the task's first example has [1]");
  }

  @Test
  void aTaskIsClosedBeforeItGrowsBeyondItsBytes() {
    IngestRules small =
        CONFIG
            .with(new ExampleRules(java.util.List.of(), TargetKind.AUTO, 128))
            .with(new GroupingRules(100, 100, Duration.ofSeconds(10), 1024));
    GroupingRig bounded = new GroupingRig(small);
    for (int i = 0; i < 100; i++) {
      bounded.send("k", Examples.classified(i, "a"));
    }
    assertThat(bounded.tasks)
        .isNotEmpty()
        .allSatisfy(
            task -> assertThat(Examples.numbers(task).size() * 15).isLessThanOrEqualTo(1024));
  }

  @Test
  void aKeyThatIsSilentForVeryLongIsForgotten() {
    for (int i = 0; i < 3; i++) {
      rig.send("k", Examples.classified(i, "a"));
    }
    rig.pass(CONFIG.keyMemory().toMillis());
    rig.forget();
    assertThat(rig.store.history("k").nextSequence()).isEqualTo(1);
    rig.pass(1);
    rig.forget();
    assertThat(rig.store.history("k")).isEqualTo(KeyHistory.NONE);
  }

  @Test
  void mixedElementTypesMeetInFloat32() {
    rig.send("k", Examples.classified(1, "a"));
    rig.send("k", Examples.withFeatures(Tensors.uint8(new byte[] {-1}, 1)));
    rig.send("k", Examples.withFeatures(Tensors.float16(new float[] {5}, 1)));
    Task task = rig.tasks.get(0);
    assertThat(Tensors.floats(task.getSupport().getFeatures())).containsExactly(1f);
    assertThat(Tensors.floats(task.getQuery().getFeatures())).containsExactly(1f, 5f);
  }
}
