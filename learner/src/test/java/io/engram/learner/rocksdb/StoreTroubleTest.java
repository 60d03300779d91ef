package io.engram.learner.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.offset;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.engram.core.learning.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Whatever happens to the disk: one clear line, a way out, and nothing destroyed. */
class StoreTroubleTest {

  private static final String REBUILD = "the next start rebuilds it from the tasks topic";

  @TempDir private Path directory;
  private Path store = Path.of("not set yet");

  @BeforeEach
  void fill() {
    store = directory.resolve("learner");
    try (RocksTaskStore opened = open()) {
      Lessons.learn(opened, 0, 40);
    }
    try (RocksTaskStore opened = open()) {
      assertThat(opened.load())
          .as("opened again, so that there are tables, not only a log")
          .isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"MANIFEST", ".sst", "CURRENT"})
  void aTruncatedFileIsDamageNotANewBeginning(String file) throws IOException {
    Damage.truncate(store, file);
    refusedAsDamaged();
  }

  @Test
  void scribbledTablesAreDamage() throws IOException {
    Damage.scribble(store, ".sst");
    refusedAsDamaged();
  }

  @Test
  void aMissingTableIsDamage() throws IOException {
    Damage.remove(store, ".sst");
    refusedAsDamaged();
  }

  /** The end of the log is what a crash of the machine takes: the store goes back to the last commit before it. */
  @Test
  void aTornLogIsTheStateOfAnEarlierCommit() throws IOException {
    Path torn = directory.resolve("torn");
    try (RocksTaskStore opened = RocksLearnerStore.open(torn, Lessons.SETTINGS, false)) {
      Lessons.learn(opened, 0, 40);
    }
    Damage.truncate(torn, ".log");
    TaskState after;
    try (RocksTaskStore opened = RocksLearnerStore.open(torn, Lessons.SETTINGS, false)) {
      TaskState before = opened.load().orElseThrow().state();
      assertThat(before.progress().tasks()).isBetween(4L, 36L);
      after = Lessons.learn(opened, (int) before.progress().tasks(), 40);
    }
    try (RocksTaskStore whole = open()) {
      assertThat(after.meta().theta())
          .as("reading the log again from there gives the same, to the bit")
          .containsExactly(whole.load().orElseThrow().state().meta().theta());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut", "flipped", "gone"})
  void whatALogHasLostIsSaid(String how) throws IOException {
    Path torn = directory.resolve("torn");
    try (RocksTaskStore opened = RocksLearnerStore.open(torn, Lessons.SETTINGS, false)) {
      Lessons.learn(opened, 0, 40);
    }
    switch (how) {
      case "cut" -> Damage.truncate(torn, ".log");
      case "flipped" -> Damage.scribble(torn, ".log");
      default -> Damage.empty(torn, ".log");
    }
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger log = (Logger) LoggerFactory.getLogger(CommitMark.class);
    lines.start();
    log.setLevel(Level.WARN);
    log.addAppender(lines);
    try (RocksTaskStore opened = RocksLearnerStore.open(torn, Lessons.SETTINGS, false)) {
      long tasks = opened.load().map(it -> it.state().progress().tasks()).orElse(0L);
      assertThat(tasks).isLessThan(40);
      assertThat(lines.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .singleElement()
          .asString()
          .contains(
              "10 groups (40 tasks) had been committed",
              "it holds %d (%d tasks)".formatted(tasks / 4, tasks));

      Lessons.learn(opened, (int) tasks, 40);
    } finally {
      log.detachAppender(lines);
    }
    lines.list.clear();
    log.addAppender(lines);
    try (RocksTaskStore opened = RocksLearnerStore.open(torn, Lessons.SETTINGS, false)) {
      assertThat(opened.load().orElseThrow().state().progress().tasks()).isEqualTo(40);
      assertThat(lines.list).as("a store that has lost nothing says nothing").isEmpty();
    } finally {
      log.detachAppender(lines);
    }
  }

  @Test
  void aFullDiskStopsItAndWhatWasCommittedIsSafe() {
    Database cramped = new Database(store, false, 1);
    try (RocksTaskStore opened = new RocksTaskStore(store, Lessons.SETTINGS, cramped)) {
      StoreException full =
          catchThrowableOfType(
              StoreException.class,
              () -> {
                Lessons.learn(opened, 40, 80);
                opened.backup(directory.resolve("backup")); // writes tables
              });
      assertThat(full)
          .hasMessageContaining(store.toString())
          .hasMessageContaining(
              "make room on that disk and start again; what was committed is safe");
    }
    try (RocksTaskStore opened = open()) {
      assertThat(opened.load().orElseThrow().state().progress().tasks()).isEqualTo(80);
    }
  }

  @Test
  void aReallyFullDiskStopsItAndWhatWasCommittedIsSafe() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Assumptions.assumeThat(run("mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk.toString()))
        .as("only root can mount a small disk")
        .isZero();
    try {
      Path there = disk.resolve("learner");
      long[] learned = new long[1];
      try (RocksTaskStore opened = RocksLearnerStore.open(there, Lessons.SETTINGS, false)) {
        assertThatThrownBy(
                () -> {
                  for (int i = 0; i < 4000; i += 4) {
                    learned[0] = Lessons.learn(opened, i, i + 4).progress().tasks();
                  }
                })
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("make room on that disk and start again");
      }
      assertThat(learned[0]).isPositive();
      assertThat(run("mount", "-o", "remount,size=20m", disk.toString())).isZero();
      try (RocksTaskStore opened = RocksLearnerStore.open(there, Lessons.SETTINGS, false)) {
        TaskState state = opened.load().orElseThrow().state();
        assertThat(state.progress().tasks()).isEqualTo(learned[0]);
        Lessons.learn(opened, (int) learned[0], (int) learned[0] + 4);
      }
      assertThat(run("mount", "-o", "remount,ro", disk.toString())).isZero();
      assertThatThrownBy(() -> RocksLearnerStore.open(there, Lessons.SETTINGS, false))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("it must be writable for this user");
      assertThatThrownBy(() -> RocksLearnerStore.open(disk.resolve("new"), Lessons.SETTINGS, false))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("it must be writable for this user");
    } finally {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "in the way");
    assertThatThrownBy(
            () -> RocksLearnerStore.open(file.resolve("learner"), Lessons.SETTINGS, false))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be created")
        .hasMessageContaining("it must be writable for this user");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aStoreOfEveryReleasedFormatOpens(int format) throws IOException {
    Path golden = directory.resolve("golden");
    Damage.unpack("/store-format-" + format + ".zip", golden);
    assertThat(StoreBackup.describe(golden))
        .hasToString(
            "40 tasks learned from in 10 groups, 6 remembered, next offsets {0=40}, format "
                + format);
    try (RocksTaskStore opened = RocksLearnerStore.open(golden, Lessons.SETTINGS, false);
        RocksTaskStore fresh = open()) {
      assertThat(opened.computedBy()).contains(new ComputedBy("fused", ""));
      assertThat(Lessons.learn(opened, 40, 60).meta().theta())
          .as(
              "and learns on as if it had always had today's, but for another processor's roundings")
          .containsExactly(Lessons.learn(fresh, 40, 60).meta().theta(), offset(1e-4f));
    }
  }

  private void refusedAsDamaged() throws IOException {
    Map<String, Long> before = Damage.files(store);
    assertThatThrownBy(
            () -> {
              try (RocksTaskStore opened = open()) {
                opened.load();
                opened.read(0);
              }
            })
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(store.toString())
        .hasMessageContaining("restore a backup (engram learner restore)")
        .hasMessageContaining(REBUILD);
    assertThat(Damage.files(store)).as("nothing was destroyed").containsAllEntriesOf(before);
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private RocksTaskStore open() {
    return RocksLearnerStore.open(store, Lessons.SETTINGS, false);
  }
}
