package io.engram.learner.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.learning.LifelongLearner;
import io.engram.core.learning.TableOutcome;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TableState;
import io.engram.core.learning.tables.TableLearning;
import io.engram.core.task.LogPosition;
import io.engram.learner.TableTasks;
import io.engram.learner.Tasks;
import io.engram.learner.agent.Publication;
import io.engram.model.TaskCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a learner of tables is, on disk and back. */
class TableStoreTest {

  private static final TableSettings SETTINGS = TableTasks.numbers(15);

  @TempDir private Path directory;

  @Test
  void interruptedAndTakenUpAgainItLearnsTheSame(@TempDir Path other) {
    TableState whole;
    try (RocksTableStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      whole = learn(store, 0, 60);
    }
    for (int from = 0; from < 60; from += 12) {
      try (RocksTableStore store = RocksLearnerStore.open(other, SETTINGS, false)) {
        learn(store, from, from + 12);
      }
    }
    try (RocksTableStore store = RocksLearnerStore.open(other, SETTINGS, false)) {
      TableState found = store.load().orElseThrow().state();
      assertThat(found.model().flat()).containsExactly(whole.model().flat());
      assertThat(found.scores().lastScores())
          .as("all columns, also those that only this learner has")
          .isEqualTo(whole.scores().lastScores());
      assertThat(found.scores().lastWindow().of(ScoreColumn.COVERED)).isBetween(0.5, 1.0);
      assertThat(found.experience().trust()).containsExactly(whole.experience().trust());
      assertThat(found.heldOut().tasks().keySet()).isEqualTo(whole.heldOut().tasks().keySet());
      assertThat(found.retained()).isEqualTo(whole.retained());
      assertThat(found.retained().score()).isNotNaN();
      assertThat(found.growth()).isEqualTo(whole.growth());
      assertThat(found.memory().contents()).isEqualTo(whole.memory().contents());
    }
    assertThat(StoreBackup.describe(other))
        .hasToString(
            "60 tasks learned from in 20 groups, 15 remembered, next offsets {0=60}, format 7");
  }

  @Test
  void anotherKindOfLearnerIsRefused() {
    try (RocksTableStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      learn(store, 0, 12);
    }
    assertThatThrownBy(() -> RocksLearnerStore.open(directory, Lessons.SETTINGS, false))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("learner=table")
        .hasMessageContaining("choose another state directory");
  }

  @Test
  void aModelThatIsTooShortIsDamage() {
    try (RocksTableStore store = RocksLearnerStore.open(directory, SETTINGS, false)) {
      learn(store, 0, 12);
      store.write(batch -> store.state().put(batch, "table-model", new float[3]));
      assertThatThrownBy(store::load)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("'table-model' holds 3 numbers");
    }
  }

  private static TableState learn(RocksTableStore store, int from, int to) {
    TableState state =
        store.load().map(it -> it.state()).orElseGet(() -> TableState.initial(SETTINGS));
    LifelongLearner<TableState, TableOutcome> learner =
        TableLearning.learner(SETTINGS, state, slot -> TaskCodec.decode(store.read(slot)));
    List<byte[]> records = new ArrayList<>();
    for (int number = from; number < to; number++) {
      byte[] record = Tasks.sinusoid(number);
      records.add(record);
      learner.show(TaskCodec.decode(record), new LogPosition(0, number), record.length);
      if (records.size() == SETTINGS.groupSize()) {
        TableOutcome outcome = learner.decide();
        learner.apply(outcome);
        learner.examine();
        store.commit(outcome, records, learner.state(), new Publication(null, null));
        records.clear();
      }
    }
    return learner.state();
  }
}
