package io.engram.learner;

import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.learning.Basics;
import io.engram.core.learning.LabelSpace;
import io.engram.core.learning.OuterSteps;
import io.engram.core.learning.TaskSettings;
import io.engram.core.memory.Capacity;
import io.engram.core.memory.MemorySettings;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.Retention;
import io.engram.core.network.NetworkPresets;

/** Small learners for tests. */
public final class TestSettings {

  private TestSettings() {}

  /** The sinusoid learner, first-order MAML, groups of 4, memory of {@code capacity} tasks. */
  public static TaskSettings sinusoid(int capacity) {
    return sinusoid(capacity, 42);
  }

  public static TaskSettings sinusoid(int capacity, long seed) {
    return sinusoid(new Capacity.Tasks(capacity), seed);
  }

  public static TaskSettings sinusoid(Capacity capacity, long seed) {
    return sinusoid(capacity, seed, new ReplayDraw.Uniform());
  }

  /** The same by another meta-algorithm. */
  public static TaskSettings sinusoid(int capacity, MetaConfig meta) {
    return sinusoid(new Capacity.Tasks(capacity), 42, new ReplayDraw.Uniform(), meta);
  }

  public static TaskSettings sinusoid(Capacity capacity, long seed, ReplayDraw draw) {
    MetaConfig meta =
        new MetaConfig(
            "fomaml",
            new InnerConfig(1, 0.01, "sgd", 0, "none", 1e-3),
            OuterConfig.adam(3e-3),
            0,
            0);
    return sinusoid(capacity, seed, draw, meta);
  }

  private static TaskSettings sinusoid(
      Capacity capacity, long seed, ReplayDraw draw, MetaConfig meta) {
    return new TaskSettings(
        new Basics(NetworkPresets.sinusoid(), seed, false, 4, false, true, 50),
        meta.toSettings(),
        new OuterSteps(6, 0, 4, false),
        new MemorySettings(capacity, Retention.RESERVOIR, draw),
        NormalizationMode.TRANSDUCTIVE,
        LabelSpace.PER_TASK);
  }
}
