package io.engram.learner.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.learning.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreBackupTest {

  @TempDir private Path directory;

  @Test
  void aCopyOfAStoreAtWorkGoesOnAsTheStoreDoes() {
    Path backup = directory.resolve("backup");
    TaskState original;
    try (RocksTaskStore store = open("store")) {
      Lessons.learn(store, 0, 40);
      store.backup(backup);
      original = Lessons.learn(store, 40, 80);
    }
    StoreSummary restored = StoreBackup.restore(backup, directory.resolve("restored"));
    assertThat(restored.progress().tasks()).isEqualTo(40);
    assertThat(restored.remembered()).isEqualTo(6);
    try (RocksTaskStore store = open("restored")) {
      TaskState copy = Lessons.learn(store, 40, 80);
      assertThat(copy.meta().theta()).containsExactly(original.meta().theta());
      assertThat(copy.progress()).isEqualTo(original.progress());
    }
    try (RocksTaskStore store = open("backup")) {
      assertThat(store.load().orElseThrow().state().progress().tasks())
          .as("the backup itself is still what it was")
          .isEqualTo(40);
    }
  }

  @Test
  void aStoreNobodyUsesIsCopiedWithoutALearner() {
    try (RocksTaskStore store = open("store")) {
      Lessons.learn(store, 0, 12);
    }
    Path backup = directory.resolve("backup");
    assertThat(StoreBackup.take(directory.resolve("store"), backup))
        .isEqualTo(StoreBackup.describe(backup))
        .hasToString(
            "12 tasks learned from in 3 groups, 6 remembered, next offsets {0=12}, format "
                + StoreFormat.version(Lessons.SETTINGS));
  }

  @Test
  void aStoreInUseSaysSo() {
    try (RocksTaskStore store = open("store")) {
      Lessons.learn(store, 0, 4);
      assertThatThrownBy(() -> StoreBackup.take(directory.resolve("store"), directory.resolve("b")))
          .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.inUse()).isTrue());
    }
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    try (RocksTaskStore store = open("store")) {
      Lessons.learn(store, 0, 4);
      store.backup(directory.resolve("backup"));
      assertThatThrownBy(() -> store.backup(directory.resolve("backup")))
          .hasMessageContaining("it is not empty");
    }
    assertThatThrownBy(
            () -> StoreBackup.restore(directory.resolve("backup"), directory.resolve("store")))
        .hasMessageContaining(directory.resolve("store").toString())
        .hasMessageContaining("it is not empty; choose a directory that is");
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertThat(StoreBackup.restore(directory.resolve("backup"), empty).progress().tasks())
        .isEqualTo(4);
  }

  @Test
  void whatIsNoBackupIsNotRestored() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.writeString(other.resolve("notes.txt"), "no store");
    assertThatThrownBy(() -> StoreBackup.restore(other, directory.resolve("store")))
        .hasMessageContaining("it holds no store")
        .hasMessageContaining("'engram learner backup'");
    assertThat(directory.resolve("store")).doesNotExist();
  }

  @Test
  void aDamagedBackupIsNotRestored() throws IOException {
    try (RocksTaskStore store = open("store")) {
      Lessons.learn(store, 0, 4);
      store.backup(directory.resolve("backup"));
    }
    Damage.truncate(directory.resolve("backup"), "MANIFEST");
    assertThatThrownBy(
            () -> StoreBackup.restore(directory.resolve("backup"), directory.resolve("new")))
        .isInstanceOf(StoreException.class);
    assertThat(directory.resolve("new")).doesNotExist();
  }

  private RocksTaskStore open(String name) {
    return RocksLearnerStore.open(directory.resolve(name), Lessons.SETTINGS, false);
  }
}
