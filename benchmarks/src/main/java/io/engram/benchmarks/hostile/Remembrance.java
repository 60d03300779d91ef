package io.engram.benchmarks.hostile;

import io.engram.core.learning.TaskState;
import io.engram.learner.LearnerConfig;
import io.engram.learner.agent.LearnerStore.Committed;
import io.engram.learner.rocksdb.RocksLearnerStore;
import io.engram.learner.rocksdb.RocksTaskStore;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a learner of tasks that has stopped remembers: all that it learned from, where its memory is large enough. */
public final class Remembrance {

  private Remembrance() {}

  /** How many of the tasks at these offsets it does not remember. */
  public static long missing(LearnerConfig config, List<Long> offsets) {
    return config
        .settings()
        .either(
            ofTasks -> {
              try (RocksTaskStore store =
                  RocksLearnerStore.open(config.store().directory(), ofTasks, false)) {
                return store.load().map(it -> missing(it, offsets)).orElse((long) offsets.size());
              }
            },
            ofStream -> -1L,
            ofTables -> -1L);
  }

  private static long missing(Committed<TaskState> committed, List<Long> offsets) {
    Set<Long> remembered =
        committed.state().memory().contents().values().stream()
            .map(it -> it.position().offset())
            .collect(Collectors.toSet());
    return offsets.stream().filter(it -> !remembered.contains(it)).count();
  }
}
