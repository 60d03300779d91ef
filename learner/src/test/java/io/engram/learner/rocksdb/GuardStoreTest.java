package io.engram.learner.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.guard.GuardBytes;
import io.engram.core.learning.TaskState;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.WriteBatch;

/** What is ordinary, and how long gradients usually are, outlives a restart. */
class GuardStoreTest {

  @TempDir private Path directory;

  @Test
  void isReadAsItWasWritten() {
    TaskState written;
    try (RocksTaskStore store = open()) {
      written = Lessons.learn(store, 0, 40);
    }
    try (RocksTaskStore store = open()) {
      TaskState read = store.load().orElseThrow().state();
      assertThat(GuardBytes.encode(read.standing().guard()))
          .isEqualTo(GuardBytes.encode(written.standing().guard()));
      assertThat(read.meta().lengths().parameters().steps()).isPositive();
      assertThat(read.meta().lengths().parameters().ring())
          .containsExactly(written.meta().lengths().parameters().ring());
    }
  }

  @Test
  void damageIsSaid() {
    try (RocksTaskStore store = open()) {
      Lessons.learn(store, 0, 8);
      store.write((WriteBatch batch) -> store.state().put(batch, "guard", new byte[] {0, 0, 0, 9}));
      assertThatThrownBy(store::load)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("'guard' cannot be read");
    }
  }

  private RocksTaskStore open() {
    return RocksLearnerStore.open(directory, Lessons.SETTINGS, false);
  }
}
