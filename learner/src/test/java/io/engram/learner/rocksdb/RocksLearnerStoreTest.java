package io.engram.learner.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.learner.Tasks;
import io.engram.learner.TestSettings;
import io.engram.learner.agent.LearnerStore.Committed;
import io.engram.learner.agent.Publication;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

class RocksLearnerStoreTest {

  private static final TaskSettings SETTINGS = TestSettings.sinusoid(6);

  @TempDir private Path directory;

  @Test
  void aFreshStoreHoldsNothing() {
    try (RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      assertThat(store.load()).isEmpty();
    }
  }

  @Test
  void whatWasCommittedComesBackBitForBit() {
    TaskState before;
    try (RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, true)) {
      before = Lessons.learn(store, 0, 40);
    }
    try (RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, true)) {
      Committed<TaskState> committed = store.load().orElseThrow();
      TaskState after = committed.state();
      assertThat(committed.publication()).isEqualTo(new Publication("10-candidate", "9-candidate"));
      assertThat(after.meta().theta()).containsExactly(before.meta().theta());
      assertThat(after.meta().moments().first()).containsExactly(before.meta().moments().first());
      assertThat(after.meta().moments().second()).containsExactly(before.meta().moments().second());
      assertThat(after.meta().moments().steps()).isEqualTo(before.meta().moments().steps());
      assertThat(after.meta().updates()).isEqualTo(before.meta().updates());
      assertThat(after.progress()).isEqualTo(before.progress());
      assertThat(after.scores().firstScores()).isEqualTo(before.scores().firstScores());
      assertThat(after.scores().lastScores()).isEqualTo(before.scores().lastScores());
      assertThat(after.memory().size()).isEqualTo(6);
      for (int slot = 0; slot < 6; slot++) {
        assertThat(after.memory().at(slot)).isEqualTo(before.memory().at(slot));
        int number = (int) after.memory().at(slot).position().offset();
        assertThat(store.read(slot)).isEqualTo(Tasks.sinusoid(number));
      }
    }
  }

  @Test
  void interruptedAndTakenUpAgainItLearnsTheSame(@TempDir Path other) {
    TaskState whole;
    try (RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      whole = Lessons.learn(store, 0, 60);
    }
    for (int from = 0; from < 60; from += 20) {
      try (RocksTaskStore store = RocksLearnerStore.open(other, SETTINGS, false)) {
        Lessons.learn(store, from, from + 20);
      }
    }
    try (RocksTaskStore store = RocksLearnerStore.open(other, SETTINGS, false)) {
      TaskState pieces = store.load().orElseThrow().state();
      assertThat(pieces.meta().theta()).containsExactly(whole.meta().theta());
      assertThat(pieces.scores().lastScores()).isEqualTo(whole.scores().lastScores());
    }
  }

  @Test
  void whichEngineComputedItStandsInTheStoreFromTheFirstCommitOn(@TempDir Path copy) {
    ComputedBy cuda = new ComputedBy("cuda", "a card (driver 580)");
    try (RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      store.computesWith(cuda);
      assertThat(store.computedBy()).as("nothing was computed yet").isEmpty();
      Lessons.learn(store, 0, 4);
      assertThat(store.computedBy()).contains(cuda);
      store.backup(copy.resolve("backup"));
    }
    try (RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      ComputedBy fused = new ComputedBy("fused", "processor");
      store.computesWith(fused);
      assertThat(store.computedBy()).as("still what the other computed").contains(cuda);
      Lessons.learn(store, 4, 8);
      assertThat(store.computedBy()).contains(fused);
    }
    try (RocksTaskStore store = RocksLearnerStore.open(copy.resolve("backup"), SETTINGS, false)) {
      assertThat(store.computedBy()).contains(cuda);
    }
  }

  @Test
  void aStoreOfBeforeAKeyWasForgottenIsRefusedAndLeftAlone() {
    try (RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      store.follows(1);
      Lessons.learn(store, 0, 4);
    }
    try (RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      assertThatThrownBy(() -> store.follows(2))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("the log of tasks is of generation 2, the store of 1")
          .hasMessageContaining("delete the store");
      store.follows(1);
      assertThat(store.load().orElseThrow().state().progress().tasks()).isEqualTo(4);
    }
  }

  @Test
  void bitsAreTheSameFromOneEngineOnOneDevice() {
    ComputedBy here = new ComputedBy("cuda", "a card");
    assertThat(here.sameAs(new ComputedBy("cuda", "a card"))).isTrue();
    assertThat(here.sameAs(new ComputedBy("cuda", "another card"))).isFalse();
    assertThat(here.sameAs(new ComputedBy("fused", "a card"))).isFalse();
    assertThat(ComputedBy.BEFORE_THIS_WAS_NOTED.sameAs(new ComputedBy("fused", "processor")))
        .as("on which device is not known")
        .isTrue();
  }

  @Test
  void aStoreInUseIsRefused() {
    try (RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      assertThat(store.load()).isEmpty();
      assertThatThrownBy(() -> RocksLearnerStore.open(directory, SETTINGS, false))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("another learner uses it: stop that one");
    }
  }

  @Test
  void aStoreOfOtherSettingsIsRefusedAndLeftAlone() {
    try (RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      Lessons.learn(store, 0, 8);
    }
    assertThatThrownBy(() -> RocksLearnerStore.open(directory, TestSettings.sinusoid(6, 43), false))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("seed=42")
        .hasMessageContaining("seed=43")
        .hasMessageContaining("another state directory");
    try (RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      assertThat(store.load()).isPresent();
    }
  }

  @Test
  void aNewerFormatIsRefused() throws RocksDBException {
    try (RocksTaskStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      Lessons.learn(store, 0, 4);
    }
    try (Database database = new Database(directory, false);
        WriteBatch batch = new WriteBatch()) {
      byte[] newer = ByteBuffer.allocate(4).putInt(StoreFormat.VERSION + 1).array();
      batch.put(database.state(), "format".getBytes(StandardCharsets.UTF_8), newer);
      database.write(batch);
    }
    assertThatThrownBy(() -> RocksLearnerStore.open(directory, SETTINGS, false))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("format " + (StoreFormat.VERSION + 1))
        .hasMessageContaining("reads up to " + StoreFormat.VERSION)
        .hasMessageContaining("use the program that wrote it");
  }
}
