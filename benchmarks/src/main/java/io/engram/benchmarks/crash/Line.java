package io.engram.benchmarks.crash;

import io.engram.core.continual.StreamExample;
import io.engram.core.lifelong.Examination.PastVersion;
import io.engram.core.lifelong.LifelongState;
import io.engram.core.meta.MetaState;
import io.engram.learner.LearnerConfig;
import io.engram.learner.agent.LearnerStore.Committed;
import io.engram.learner.rocksdb.RocksLearnerStore;
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
 * @param arrays θ, α and the moments of both, or θ and the vectors of a continual learner, in one array
 * @param memory per slot, what the index says and a digest of the record
 * @param books scores, positions, label space, publication: everything else that is committed
 * @param versions digest of each published candidate by its id
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its methods
record Line(
    LifelongState state,
    float[] arrays,
    List<String> memory,
    String books,
    Map<String, String> versions) {

  static Line read(LearnerConfig config, Map<String, String> versions) {
    try (RocksLearnerStore store =
        RocksLearnerStore.open(config.directory(), config.settings(), false)) {
      Committed committed = store.load().orElseThrow();
      LifelongState state = committed.state();
      return new Line(state, arrays(state), memory(store, state), books(committed), versions);
    }
  }

  private static float[] arrays(LifelongState state) {
    MetaState meta = state.meta();
    List<float[]> parts = new ArrayList<>();
    parts.add(meta.theta());
    parts.add(meta.moments().first());
    parts.add(meta.moments().second());
    parts.add(meta.stepSizes());
    parts.add(meta.stepSizeMoments().first());
    parts.add(meta.stepSizeMoments().second());
    parts.addAll(state.stream().vectors().values());
    PastVersion best = state.examination().best();
    if (best != null) {
      parts.add(best.theta());
    }
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static List<String> memory(RocksLearnerStore store, LifelongState state) {
    List<String> slots = new ArrayList<>();
    for (int place = 0; place < state.stream().memory().size(); place++) {
      slots.add(place + " " + ModelChunks.sha256(store.read(place)));
    }
    state
        .memory()
        .contents()
        .forEach(
            (slot, it) -> slots.add(slot + " " + it + " " + ModelChunks.sha256(store.read(slot))));
    state
        .heldOut()
        .examples()
        .forEach((tag, it) -> slots.add("held out " + tag + " " + digest(it)));
    return slots;
  }

  private static String digest(StreamExample example) {
    String text = example.label() + " " + Arrays.toString(example.input().dense());
    return ModelChunks.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String books(Committed committed) {
    LifelongState state = committed.state();
    String text =
        "%s %s %s %s %d %d %s %s %s"
            .formatted(
                state.progress(),
                state.scores().firstScores(),
                state.scores().lastScores(),
                committed.publication(),
                state.meta().updates(),
                state.meta().moments().steps(),
                state.stream().counts(),
                state.examination().score(),
                state.examination().before());
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
