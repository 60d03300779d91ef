package io.engram.learner.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.learning.HeldOutTasks.Kept;
import io.engram.core.learning.HoldOut;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.learning.TaskVersion;
import io.engram.core.task.Targets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Tasks held out, and versions examined on them, on disk and back. */
class HeldOutTaskStoreTest {

  private static final TaskSettings SETTINGS = holdingOut(new HoldOut(0.3, 9));

  @TempDir private Path directory;

  @Test
  void interruptedAndTakenUpAgainItLearnsTheSame(@TempDir Path other) {
    TaskState whole;
    try (RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      whole = Lessons.learn(store, SETTINGS, 0, 96);
    }
    for (int from = 0; from < 96; from += 8) {
      try (RocksTaskStore store = RocksLearnerStore.open(other, SETTINGS, false)) {
        Lessons.learn(store, SETTINGS, from, from + 8);
      }
    }
    try (RocksTaskStore store = RocksLearnerStore.open(other, SETTINGS, false)) {
      assertSame(store.load().orElseThrow().state(), whole);
    }
  }

  /** Nothing was held out then; from now on it is. The format stays, and what is held out no more is forgotten. */
  @Test
  void aStoreOfBeforeGoesOnAndBack() {
    try (RocksTaskStore store = RocksLearnerStore.open(directory, Lessons.SETTINGS, false)) {
      Lessons.learn(store, 0, 40);
    }
    try (RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      assertThat(store.load().orElseThrow().state().heldOut().tasks()).isEmpty();
      assertThat(Lessons.learn(store, SETTINGS, 40, 80).heldOut().tasks()).isNotEmpty();
    }
    assertThat(StoreBackup.describe(directory).format()).isEqualTo(2);
    try (RocksTaskStore store = RocksLearnerStore.open(directory, Lessons.SETTINGS, false)) {
      assertThat(store.load().orElseThrow().state().heldOut().tasks()).isNotEmpty();
      Lessons.learn(store, 80, 88);
      TaskState after = store.load().orElseThrow().state();
      assertThat(after.heldOut().tasks()).isEmpty();
      assertThat(after.retained().score()).isNaN();
    }
  }

  @Test
  void aHeldOutTaskThatCannotBeReadIsDamage() throws RocksDBException {
    try (RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      Lessons.learn(store, SETTINGS, 0, 12);
    }
    try (Database database = new Database(directory, false);
        WriteBatch batch = new WriteBatch()) {
      batch.put(
          database.state(),
          "held-out-task.12345678".getBytes(StandardCharsets.UTF_8),
          new byte[] {1, 2, 3});
      database.write(batch);
    }
    try (RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      assertThatThrownBy(store::load)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("ends after 3 bytes");
    }
  }

  private static void assertSame(TaskState state, TaskState expected) {
    assertThat(state.meta().theta()).containsExactly(expected.meta().theta());
    assertThat(state.progress()).isEqualTo(expected.progress());
    assertThat(state.memory().contents()).isEqualTo(expected.memory().contents());
    assertThat(state.heldOut().tasks()).hasSize(9);
    assertThat(state.heldOut().tasks().keySet()).isEqualTo(expected.heldOut().tasks().keySet());
    for (Kept kept : state.heldOut().tasks().values()) {
      Kept other = Objects.requireNonNull(expected.heldOut().tasks().get(kept.tag()));
      assertThat(kept.arrival()).isEqualTo(other.arrival());
      assertThat(kept.task().id()).isEqualTo(other.task().id());
      assertThat(kept.task().support().inputs()).containsExactly(other.task().support().inputs());
      assertThat(((Targets.Values) kept.task().query().targets()).values())
          .containsExactly(((Targets.Values) other.task().query().targets()).values());
    }
    assertThat(state.retained()).isEqualTo(expected.retained());
    assertThat(state.retained().before()).isNotNaN();
    TaskVersion best = Objects.requireNonNull(state.examination().best(), "none was examined");
    TaskVersion other = Objects.requireNonNull(expected.examination().best(), "none was examined");
    assertThat(best.theta()).containsExactly(other.theta());
  }

  private static TaskSettings holdingOut(HoldOut holdOut) {
    TaskSettings of = Lessons.SETTINGS;
    return new TaskSettings(
        of.basics(), of.meta(), of.outer(), of.memory(), of.scoring(), of.labelSpace(), holdOut);
  }
}
