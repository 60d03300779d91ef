package io.engram.benchmarks.crash;

import io.engram.core.continual.StreamExample;
import io.engram.core.learning.Examination.PastVersion;
import io.engram.core.learning.LifelongState;
import io.engram.core.learning.Progress;
import io.engram.core.learning.StreamSettings;
import io.engram.core.learning.StreamState;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TableState;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.memory.EpisodicMemory;
import io.engram.core.meta.MetaState;
import io.engram.learner.LearnerConfig;
import io.engram.learner.agent.LearnerStore.Committed;
import io.engram.learner.rocksdb.RocksLearnerStore;
import io.engram.learner.rocksdb.RocksStreamStore;
import io.engram.learner.rocksdb.RocksTableStore;
import io.engram.learner.rocksdb.RocksTaskStore;
import io.engram.schemas.ModelChunks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a learner has left behind.
 *
 * @param progress how far it had come
 * @param arrays θ, α and the moments of both, or θ and the vectors of a continual learner, in one array
 * @param memory per slot, what the index says and a digest of the record
 * @param books scores, positions, label space, publication: everything else that is committed
 * @param versions digest of each published candidate by its id
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its methods
record Line(
    Progress progress,
    float[] arrays,
    List<String> memory,
    String books,
    Map<String, String> versions) {

  static Line read(LearnerConfig config, Map<String, String> versions) {
    return config
        .settings()
        .either(
            ofTasks -> read(config, ofTasks, versions),
            ofStream -> read(config, ofStream, versions),
            ofTables -> read(config, ofTables, versions));
  }

  private static Line read(
      LearnerConfig config, TableSettings settings, Map<String, String> versions) {
    try (RocksTableStore store =
        RocksLearnerStore.open(config.store().directory(), settings, false)) {
      Committed<TableState> committed = store.load().orElseThrow();
      TableState state = committed.state();
      List<String> slots = slots(state.memory(), store);
      String books =
          books(
              committed,
              state.growth()
                  + " "
                  + Arrays.toString(state.experience().trust())
                  + Arrays.toString(state.experience().doubt())
                  + Arrays.toString(state.experience().recent()));
      return new Line(state.progress(), state.model().flat(), slots, books, versions);
    }
  }

  private static Line read(
      LearnerConfig config, TaskSettings settings, Map<String, String> versions) {
    try (RocksTaskStore store =
        RocksLearnerStore.open(config.store().directory(), settings, false)) {
      Committed<TaskState> committed = store.load().orElseThrow();
      TaskState state = committed.state();
      MetaState meta = state.meta();
      List<float[]> parts =
          List.of(
              meta.theta(),
              meta.moments().first(),
              meta.moments().second(),
              meta.stepSizes(),
              meta.stepSizeMoments().first(),
              meta.stepSizeMoments().second());
      List<String> slots = slots(state.memory(), store);
      String books = books(committed, meta.moments().steps());
      return new Line(state.progress(), chained(parts), slots, books, versions);
    }
  }

  private static Line read(
      LearnerConfig config, StreamSettings settings, Map<String, String> versions) {
    try (RocksStreamStore store =
        RocksLearnerStore.open(config.store().directory(), settings, false)) {
      Committed<StreamState> committed = store.load().orElseThrow();
      StreamState state = committed.state();
      List<float[]> parts = new ArrayList<>();
      parts.add(state.theta());
      parts.addAll(state.learner().vectors().values());
      PastVersion best = state.examination().best();
      if (best != null) {
        parts.add(best.theta());
      }
      List<String> places = new ArrayList<>();
      for (int place = 0; place < state.learner().memory().size(); place++) {
        places.add(place + " " + sha256(store, place));
      }
      state
          .heldOut()
          .examples()
          .forEach((tag, it) -> places.add("held out " + tag + " " + digest(it)));
      String books = books(committed, state.learner().counts());
      return new Line(state.progress(), chained(parts), places, books, versions);
    }
  }

  /** Per slot, what the index says and a digest of the record. */
  private static List<String> slots(EpisodicMemory memory, RocksLearnerStore<?, ?> store) {
    List<String> slots = new ArrayList<>();
    memory.contents().forEach((slot, it) -> slots.add(slot + " " + it + " " + sha256(store, slot)));
    return slots;
  }

  private static float[] chained(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static String sha256(RocksLearnerStore<?, ?> store, int place) {
    return ModelChunks.sha256(store.read(place));
  }

  private static String digest(StreamExample example) {
    String text = example.label() + " " + Arrays.toString(example.input().dense());
    return ModelChunks.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String books(Committed<?> committed, Object counts) {
    LifelongState state = committed.state();
    String text =
        "%s %s %s %s %d %s %s"
            .formatted(
                state.progress(),
                state.scores().firstScores(),
                state.scores().lastScores(),
                committed.publication(),
                state.updates(),
                counts,
                state.retained());
    return ModelChunks.sha256(text.getBytes(StandardCharsets.UTF_8)) + " " + state.progress();
  }

  /** Numbers of θ, α and moments that differ in any bit. */
  int differingNumbers(Line other) {
    int differing = Math.abs(arrays.length - other.arrays.length);
    for (int i = 0; i < Math.min(arrays.length, other.arrays.length); i++) {
      if (Float.floatToRawIntBits(arrays[i]) != Float.floatToRawIntBits(other.arrays[i])) {
        differing++;
      }
    }
    return differing;
  }

  int differingSlots(Line other) {
    int differing = Math.abs(memory.size() - other.memory.size());
    for (int slot = 0; slot < Math.min(memory.size(), other.memory.size()); slot++) {
      if (!memory.get(slot).equals(other.memory.get(slot))) {
        differing++;
      }
    }
    return differing;
  }

  /** Versions that only one of the two has published, or that are not the same in both. */
  int differingVersions(Line other) {
    Set<String> ids = new HashSet<>(versions.keySet());
    ids.addAll(other.versions.keySet());
    int differing = 0;
    for (String id : ids) {
      if (!versions.getOrDefault(id, "none").equals(other.versions.getOrDefault(id, "none"))) {
        differing++;
      }
    }
    return differing;
  }
}
