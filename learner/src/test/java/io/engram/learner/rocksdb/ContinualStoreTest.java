package io.engram.learner.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.engram.core.continual.ContinualState;
import io.engram.core.continual.DurableSettings;
import io.engram.core.continual.Kept;
import io.engram.core.learning.Examination;
import io.engram.core.learning.Examination.PastVersion;
import io.engram.core.learning.HeldOut;
import io.engram.core.learning.HoldOut;
import io.engram.core.learning.StreamSettings;
import io.engram.core.learning.StreamState;
import io.engram.learner.DriftingClasses;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What a continual learner is beside θ, on disk and back. */
class ContinualStoreTest {

  private static final StreamSettings OURS = DriftingClasses.settings(DriftingClasses.ours(30));

  @TempDir private Path directory;

  static Stream<DurableSettings> learners() {
    return DriftingClasses.learners();
  }

  @ParameterizedTest
  @MethodSource("learners")
  void interruptedAndTakenUpAgainItLearnsTheSame(DurableSettings learner, @TempDir Path other) {
    StreamSettings settings = DriftingClasses.settings(learner);
    StreamState whole;
    try (RocksStreamStore store = RocksLearnerStore.open(directory, settings, false)) {
      whole = ContinualLessons.learn(store, settings, 0, 60);
    }
    for (int from = 0; from < 60; from += 12) {
      try (RocksStreamStore store = RocksLearnerStore.open(other, settings, false)) {
        ContinualLessons.learn(store, settings, from, from + 12);
      }
    }
    try (RocksStreamStore store = RocksLearnerStore.open(other, settings, false)) {
      assertSame(store.load().orElseThrow().state(), whole);
    }
  }

  @Test
  void aStoreOfTasksKeepsTheFormatThatOlderProgramsRead(@TempDir Path other) {
    try (RocksTaskStore store = RocksLearnerStore.open(directory, Lessons.SETTINGS, false)) {
      Lessons.learn(store, 0, 4);
    }
    assertThat(StoreBackup.describe(directory).format()).isEqualTo(2);
    try (RocksStreamStore store = RocksLearnerStore.open(other, OURS, false)) {
      ContinualLessons.learn(store, OURS, 0, 12);
    }
    assertThat(StoreBackup.describe(other))
        .hasToString(
            "12 tasks learned from in 4 groups, 30 remembered, next offsets {0=12}, format 4");
  }

  /** Nothing was held out then; from now on it is. */
  @Test
  void aStoreOfFormat3Opens(@TempDir Path other) throws IOException {
    StreamSettings all = DriftingClasses.settings(DriftingClasses.ours(30), true, HoldOut.NONE);
    Path golden = directory.resolve("golden");
    Damage.unpack("/store-format-3.zip", golden);
    try (RocksStreamStore opened = RocksLearnerStore.open(golden, OURS, false);
        RocksStreamStore fresh = RocksLearnerStore.open(other, all, false)) {
      StreamState found = opened.load().orElseThrow().state();
      assertAlike(found, ContinualLessons.learn(fresh, all, 0, 60));
      assertThat(found.heldOut().examples()).isEmpty();
      StreamState after = ContinualLessons.learn(opened, OURS, 60, 90);
      assertThat(after.progress().tasks()).isEqualTo(90);
      assertThat(after.heldOut().examples()).isNotEmpty();
    }
    assertThat(StoreBackup.describe(golden).format()).isEqualTo(4);
  }

  @Test
  void aStoreOfFormat4Opens(@TempDir Path other) throws IOException {
    Path golden = directory.resolve("golden");
    Damage.unpack("/store-format-4.zip", golden);
    try (RocksStreamStore opened = RocksLearnerStore.open(golden, OURS, false);
        RocksStreamStore fresh = RocksLearnerStore.open(other, OURS, false)) {
      StreamState found = opened.load().orElseThrow().state();
      StreamState made = ContinualLessons.learn(fresh, OURS, 0, 60);
      assertAlike(found, made);
      assertSame(found.heldOut(), made.heldOut());
      assertThat(found.examination().score()).isGreaterThan(0.5);
      assertThat(found.examination().best()).isNotNull();
    }
  }

  /** Sums may be taken in another order than when it was made: the same but for roundings. */
  private static void assertAlike(StreamState found, StreamState made) {
    assertThat(found.progress()).isEqualTo(made.progress());
    assertThat(found.labels()).isEqualTo(made.labels());
    assertThat(found.theta()).containsExactly(made.theta(), offset(1e-3f));
    ContinualState stream = found.learner();
    assertThat(stream.counts()).isEqualTo(made.learner().counts());
    assertThat(stream.vectors()).containsOnlyKeys("importance", "slow");
    assertThat(stream.vectors().get("slow"))
        .containsExactly(made.learner().vectors().get("slow"), offset(1e-3f));
    assertThat(stream.memory()).hasSize(30);
    for (int i = 0; i < 30; i++) {
      Kept kept = stream.memory().get(i);
      Kept expected = made.learner().memory().get(i);
      assertThat(kept.example().label()).isEqualTo(expected.example().label());
      assertThat(kept.example().input().dense())
          .containsExactly(expected.example().input().dense());
      assertThat(kept.logits()).containsExactly(expected.logits(), offset(1e-2f));
    }
  }

  @Test
  void theStoreOfOneKindIsRefusedByTheOther() {
    try (RocksStreamStore store = RocksLearnerStore.open(directory, OURS, false)) {
      ContinualLessons.learn(store, OURS, 0, 12);
    }
    assertThatThrownBy(() -> RocksLearnerStore.open(directory, Lessons.SETTINGS, false))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("learner=consolidating-replay memory=30")
        .hasMessageContaining("choose another state directory");
    StreamSettings more = DriftingClasses.settings(DriftingClasses.ours(31));
    assertThatThrownBy(() -> RocksLearnerStore.open(directory, more, false))
        .hasMessageContaining("memory=30")
        .hasMessageContaining("memory=31");
    try (RocksStreamStore store = RocksLearnerStore.open(directory, OURS, false)) {
      assertThat(store.load()).as("it was left alone").isPresent();
    }
  }

  @Test
  void aHeldOutExampleThatCannotBeReadIsDamage() throws RocksDBException {
    try (RocksStreamStore store = RocksLearnerStore.open(directory, OURS, false)) {
      ContinualLessons.learn(store, OURS, 0, 12);
    }
    try (Database database = new Database(directory, false);
        WriteBatch batch = new WriteBatch()) {
      batch.put(database.state(), "held-out.12345678".getBytes(UTF_8), new byte[] {1, 2, 3});
      database.write(batch);
    }
    try (RocksStreamStore store = RocksLearnerStore.open(directory, OURS, false)) {
      assertThatThrownBy(store::load)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("cannot be read: it ends after 3 bytes");
    }
  }

  @Test
  void aLostExampleIsDamage() throws RocksDBException {
    try (RocksStreamStore store = RocksLearnerStore.open(directory, OURS, false)) {
      ContinualLessons.learn(store, OURS, 0, 12);
    }
    try (Database database = new Database(directory, false);
        WriteBatch batch = new WriteBatch()) {
      batch.put(database.tasks(), new byte[] {0, 0, 0, 7}, new byte[] {1, 2, 3});
      database.write(batch);
    }
    try (RocksStreamStore store = RocksLearnerStore.open(directory, OURS, false)) {
      assertThatThrownBy(store::load)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("memory place 7 cannot be read: it ends after 3 bytes")
          .hasMessageContaining("engram learner restore");
    }
  }

  private static void assertSame(HeldOut heldOut, HeldOut expected) {
    assertThat(heldOut.examples()).hasSize(DriftingClasses.HELD_OUT.examples());
    assertThat(heldOut.examples().keySet()).isEqualTo(expected.examples().keySet());
    assertThat(encoded(heldOut)).isEqualTo(encoded(expected));
  }

  private static void assertSame(Examination examination, Examination expected) {
    assertThat(examination.score()).isEqualTo(expected.score());
    assertThat(examination.before()).isEqualTo(expected.before()).isNotNaN();
    PastVersion best = Objects.requireNonNull(examination.best(), "nothing was examined");
    PastVersion other = Objects.requireNonNull(expected.best(), "nothing was examined");
    assertThat(best.classes()).isEqualTo(other.classes());
    assertThat(best.theta()).containsExactly(other.theta());
    assertThat(Objects.requireNonNull(best.inputScale()).squares())
        .containsExactly(Objects.requireNonNull(other.inputScale()).squares());
  }

  private static List<ByteBuffer> encoded(HeldOut heldOut) {
    return heldOut.examples().values().stream()
        .map(example -> ByteBuffer.wrap(KeptCodec.encode(new Kept(example, new float[0]))))
        .toList();
  }

  private static void assertSame(StreamState state, StreamState expected) {
    assertSame(state.heldOut(), expected.heldOut());
    assertSame(state.examination(), expected.examination());
    assertThat(state.theta()).containsExactly(expected.theta());
    assertThat(state.progress()).isEqualTo(expected.progress());
    assertThat(state.labels()).isEqualTo(expected.labels());
    assertThat(state.scores().lastScores()).isEqualTo(expected.scores().lastScores());
    ContinualState stream = state.learner();
    assertThat(stream.counts()).isEqualTo(expected.learner().counts());
    assertThat(stream.vectors().keySet()).isEqualTo(expected.learner().vectors().keySet());
    stream
        .vectors()
        .forEach(
            (name, v) -> assertThat(v).containsExactly(expected.learner().vectors().get(name)));
    assertThat(stream.memory()).hasSameSizeAs(expected.learner().memory());
    for (int i = 0; i < stream.memory().size(); i++) {
      assertThat(KeptCodec.encode(stream.memory().get(i)))
          .isEqualTo(KeptCodec.encode(expected.learner().memory().get(i)));
    }
  }
}
