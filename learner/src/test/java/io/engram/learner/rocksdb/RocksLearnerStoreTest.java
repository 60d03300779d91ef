package io.engram.learner.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.compute.MetaProgram;
import io.engram.core.lifelong.GroupOutcome;
import io.engram.core.lifelong.LifelongLearner;
import io.engram.core.lifelong.LifelongSettings;
import io.engram.core.lifelong.LifelongState;
import io.engram.core.lifelong.Reception;
import io.engram.core.task.LogPosition;
import io.engram.engine.fused.FusedEngine;
import io.engram.learner.Tasks;
import io.engram.learner.TestSettings;
import io.engram.learner.agent.LearnerStore.Committed;
import io.engram.learner.agent.Publication;
import io.engram.learner.agent.TaskDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

class RocksLearnerStoreTest {

  private static final LifelongSettings SETTINGS = TestSettings.sinusoid(6);

  @TempDir private Path directory;

  @Test
  void aFreshStoreHoldsNothing() {
    try (RocksLearnerStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      assertThat(store.load()).isEmpty();
    }
  }

  @Test
  void whatWasCommittedComesBackBitForBit() {
    LifelongState before;
    try (RocksLearnerStore store = RocksLearnerStore.open(directory, SETTINGS, true)) {
      before = learn(store, 0, 40);
    }
    try (RocksLearnerStore store = RocksLearnerStore.open(directory, SETTINGS, true)) {
      Committed committed = store.load().orElseThrow();
      LifelongState after = committed.state();
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
    LifelongState whole;
    try (RocksLearnerStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      whole = learn(store, 0, 60);
    }
    for (int from = 0; from < 60; from += 20) {
      try (RocksLearnerStore store = RocksLearnerStore.open(other, SETTINGS, false)) {
        learn(store, from, from + 20);
      }
    }
    try (RocksLearnerStore store = RocksLearnerStore.open(other, SETTINGS, false)) {
      LifelongState pieces = store.load().orElseThrow().state();
      assertThat(pieces.meta().theta()).containsExactly(whole.meta().theta());
      assertThat(pieces.scores().lastScores()).isEqualTo(whole.scores().lastScores());
    }
  }

  @Test
  void aStoreInUseIsRefused() {
    try (RocksLearnerStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      assertThat(store.load()).isEmpty();
      assertThatThrownBy(() -> RocksLearnerStore.open(directory, SETTINGS, false))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("if another learner uses it, stop that one");
    }
  }

  @Test
  void aStoreOfOtherSettingsIsRefusedAndLeftAlone() {
    try (RocksLearnerStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      learn(store, 0, 8);
    }
    assertThatThrownBy(() -> RocksLearnerStore.open(directory, TestSettings.sinusoid(6, 43), false))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("seed=42")
        .hasMessageContaining("seed=43")
        .hasMessageContaining("another state directory");
    try (RocksLearnerStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      assertThat(store.load()).isPresent();
    }
  }

  @Test
  void aNewerFormatIsRefused() throws RocksDBException {
    try (RocksLearnerStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      learn(store, 0, 4);
    }
    try (Database database = new Database(directory, false);
        WriteBatch batch = new WriteBatch()) {
      byte[] newer = ByteBuffer.allocate(4).putInt(StoreFormat.VERSION + 1).array();
      batch.put(database.state(), "format".getBytes(StandardCharsets.UTF_8), newer);
      database.write(batch);
    }
    assertThatThrownBy(() -> RocksLearnerStore.open(directory, SETTINGS, false))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("format 2")
        .hasMessageContaining("reads up to 1");
  }

  private static LifelongState learn(RocksLearnerStore store, int from, int to) {
    LifelongState state =
        store.load().map(Committed::state).orElseGet(() -> LifelongState.initial(SETTINGS));
    try (MetaProgram program = new FusedEngine(1).compile(SETTINGS.network())) {
      LifelongLearner learner =
          new LifelongLearner(
              SETTINGS, program, state, slot -> TaskDecoder.decode(store.read(slot)));
      for (int i = from; i < to; i++) {
        byte[] record = Tasks.sinusoid(i);
        Reception reception =
            learner.show(TaskDecoder.decode(record), new LogPosition(0, (long) i));
        if (reception instanceof Reception.GroupComplete) {
          commit(store, learner);
        }
      }
      return learner.state();
    }
  }

  private static void commit(RocksLearnerStore store, LifelongLearner learner) {
    GroupOutcome outcome = learner.decide();
    List<byte[]> records =
        outcome.arrivals().stream()
            .map(arrival -> Tasks.sinusoid((int) arrival.position().offset()))
            .toList();
    learner.apply(outcome);
    long groups = outcome.progress().groups();
    store.commit(
        outcome,
        records,
        learner.state(),
        new Publication(groups + "-candidate", (groups - 1) + "-candidate"));
  }
}
