package io.engram.learner;

import io.engram.core.learning.Basics;
import io.engram.core.learning.HoldOut;
import io.engram.core.learning.TableSettings;
import io.engram.core.memory.Capacity;
import io.engram.core.memory.MemorySettings;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.Retention;
import io.engram.core.network.NetworkSpec;

/** Learners of tables for tests: of numbers on sine waves, of classes on a drifting stream. */
public final class TableTasks {

  private TableTasks() {}

  /** Of numbers, with a memory of {@code capacity} tasks. */
  public static TableSettings numbers(int capacity) {
    return settings("input(1) dense(1) mse", capacity);
  }

  /** Of the classes of {@link DriftingClasses}. */
  public static TableSettings classes(int capacity) {
    NetworkSpec drifting = DriftingClasses.settings(DriftingClasses.ours(30)).network();
    return settings(
        "input(%d) dense(%d) softmax".formatted(drifting.input().size(), drifting.outputs()),
        capacity);
  }

  private static TableSettings settings(String network, int capacity) {
    return new TableSettings(
        new Basics(NetworkSpec.parse(network), 7, false, 3, false, true, 10),
        new MemorySettings(
            new Capacity.Tasks(capacity), Retention.RESERVOIR, new ReplayDraw.Uniform()),
        new HoldOut(0.3, 10));
  }
}
