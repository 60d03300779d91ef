package io.engram.learner.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.memory.Capacity;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.engine.fused.FusedEngine;
import io.engram.learner.Tasks;
import io.engram.learner.TestSettings;
import io.engram.learner.rocksdb.RocksLearnerStore;
import io.engram.learner.rocksdb.RocksTaskStore;
import io.engram.learner.rocksdb.StoreException;
import io.engram.model.TaskCodec;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {

  private static final TaskSettings SETTINGS = TestSettings.sinusoid(6);
  private static final int SLOTS = 50;
  private static final int IN_USE = 3;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 300})
  void whatWasAnnouncedComesInItsOrder(int ahead) {
    try (RocksTaskStore store = filled();
        ReadAhead reader = new ReadAhead(store, IN_USE, ahead)) {
      for (int group = 0; group < 40; group++) {
        int[] slots = slots(group);
        reader.announce(slots);
        for (int i = 0; i < slots.length; i++) {
          assertSame(reader.read(slots[i]), TaskCodec.decode(record(slots[i])));
          if (i % IN_USE == IN_USE - 1) {
            reader.release();
          }
        }
        reader.release();
      }
    }
  }

  @Test
  void aTaskIsLeftAloneUntilItIsReleased() {
    try (RocksTaskStore store = filled();
        ReadAhead reader = new ReadAhead(store, IN_USE, 1)) {
      reader.announce(new int[] {13, 26, 39, 0, 13, 26, 39, 0});
      Task first = reader.read(13);
      Task second = reader.read(26);
      Task third = reader.read(39);
      Task fourth = reader.read(0);
      assertSame(first, TaskCodec.decode(record(13)));
      assertSame(second, TaskCodec.decode(record(26)));
      assertSame(third, TaskCodec.decode(record(39)));
      assertSame(fourth, TaskCodec.decode(record(0)));
      assertThatThrownBy(() -> reader.read(13))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("4 of at most 4 are in use");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void whatCannotBeReadIsReportedWhereItIsAskedFor(int ahead) {
    try (RocksTaskStore store = filled();
        ReadAhead reader = new ReadAhead(store, IN_USE, ahead)) {
      store.forget(7);
      reader.announce(new int[] {5, 6, 7, 8});
      assertSame(reader.read(5), TaskCodec.decode(record(5)));
      assertSame(reader.read(6), TaskCodec.decode(record(6)));
      for (int again = 0; again < 2; again++) {
        assertThatThrownBy(() -> reader.read(7))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining(directory.toString())
            .hasMessageContaining("memory slot 7 is empty")
            .hasMessageContaining("engram learner restore");
      }
    }
  }

  @Test
  void anythingElseThanWhatWasAnnouncedIsAMistake() {
    try (RocksTaskStore store = filled();
        ReadAhead reader = new ReadAhead(store, IN_USE, 2)) {
      assertSame(reader.read(4), TaskCodec.decode(record(4)));
      reader.announce(new int[] {1, 2});
      assertThatThrownBy(() -> reader.read(2)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> reader.announce(new int[] {3}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("2 announced tasks were not asked for");
    }
  }

  /** A read after the store is closed would end this process. */
  @Test
  void closedInTheMiddleItReadsNothingMore() {
    try (RocksTaskStore store = filled()) {
      for (int i = 0; i < 200; i++) {
        try (ReadAhead reader = new ReadAhead(store, IN_USE, 300)) {
          reader.announce(slots(i));
        }
      }
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("engram-replay");
  }

  @Test
  void drawingWarmTasksAllocatesHardlyAnything() {
    int numbers = 10_000;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, false);
        ReadAhead reader = new ReadAhead(store, IN_USE, 0)) {
      for (int slot = 0; slot < IN_USE; slot++) {
        store.remember(slot, Tasks.sinusoid(slot, numbers));
      }
      long before = 0;
      int rounds = 200;
      for (int round = 0; round < 2 * rounds; round++) {
        if (round == rounds) {
          before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        }
        reader.announce(new int[] {2, 0, 1});
        for (int slot : new int[] {2, 0, 1}) {
          assertThat(reader.read(slot).examples()).isEqualTo(2 * numbers);
        }
        reader.release();
      }
      long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
      assertThat(bytes / rounds / IN_USE)
          .as("bytes allocated for a task of %d bytes", 4 * numbers * Float.BYTES)
          .isLessThan(6_000);
    }
  }

  private static Stream<ReplayDraw> draws() {
    return Stream.of(
        new ReplayDraw.Uniform(),
        new ReplayDraw.RecencyWeighted(5),
        new ReplayDraw.SurpriseWeighted(),
        new ReplayDraw.SimilarToTask(3));
  }

  @ParameterizedTest
  @MethodSource("draws")
  void theLearnerLearnsTheSameToTheBit(ReplayDraw draw) {
    TaskSettings settings = TestSettings.sinusoid(new Capacity.Tasks(20), 42, draw);
    TaskState without = learn(settings, directory.resolve("without"), 0);
    TaskState with = learn(settings, directory.resolve("with"), 7);
    assertThat(with.progress()).isEqualTo(without.progress());
    assertThat(with.meta().theta()).containsExactly(without.meta().theta());
    assertThat(with.meta().moments().second()).containsExactly(without.meta().moments().second());
    assertThat(with.scores().lastScores()).isEqualTo(without.scores().lastScores());
    assertThat(with.memory().contents()).isEqualTo(without.memory().contents());
  }

  private static TaskState learn(TaskSettings settings, Path directory, int ahead) {
    TaskWorld world = new TaskWorld(settings, 3, 0, false, 1, 200);
    SimulatedLog log = world.log();
    try (MetaProgram program = new FusedEngine(1).compile(settings.network());
        RocksTaskStore store = RocksLearnerStore.open(directory, settings, false)) {
      new LearnerAgent<>(
              settings,
              new Publishing(
                  "default",
                  10,
                  new Provenance("fused", "test", "17", "any", Map.of()),
                  world.sink()),
              Resumption.ofTasks(settings, program, ahead),
              log,
              store,
              BackupDesk.CLOSED,
              new StatusBoard(settings.window()))
          .run(log::drained);
      return store.load().orElseThrow().state();
    }
  }

  private RocksTaskStore filled() {
    RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, false);
    for (int slot = 0; slot < SLOTS; slot++) {
      store.remember(slot, record(slot));
    }
    return store;
  }

  /** Of several sizes. */
  private static byte[] record(int slot) {
    return Tasks.sinusoid(slot, 4 + slot % 13);
  }

  private static int[] slots(int group) {
    return IntStream.range(0, 60).map(i -> (group * 7 + i * i) % SLOTS).toArray();
  }

  private static void assertSame(Task task, Task expected) {
    assertThat(task.id()).isEqualTo(expected.id());
    assertThat(task.support().inputs()).containsExactly(expected.support().inputs());
    assertThat(task.query().inputs()).containsExactly(expected.query().inputs());
    assertThat(values(task)).containsExactly(values(expected));
  }

  private static float[] values(Task task) {
    return ((Targets.Values) task.query().targets()).values();
  }
}
