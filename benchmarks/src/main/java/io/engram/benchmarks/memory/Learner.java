package io.engram.benchmarks.memory;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.state.StateDirectory;
import io.engram.core.learning.TaskSettings;
import io.engram.learner.LearnerConfig;
import io.engram.learner.agent.CandidateSink;
import io.engram.learner.agent.Provenance;
import io.engram.learner.agent.Publishing;
import io.engram.learner.rocksdb.RocksLearnerStore;
import io.engram.learner.rocksdb.RocksTaskStore;
import java.nio.file.Path;
import java.util.Map;

/**
 * A learner of tasks as a preset configures it.
 *
 * @param config of its service
 * @param settings how it learns
 */
record Learner(LearnerConfig config, TaskSettings settings) {

  static Learner omniglot(Path state, String... assignments) {
    return preset("omniglot", state, assignments);
  }

  static Learner preset(String preset, Path state, String... assignments) {
    Layers layers = Layers.none().withPreset(preset);
    for (String assignment : assignments) {
      layers = layers.withAssignment(assignment);
    }
    Settings all = Settings.load(layers);
    return new Learner(
        LearnerSettings.read(all, StateDirectory.open(state)), LearnerSettings.ofTasks(all));
  }

  Path directory() {
    return config.store().directory();
  }

  /** How it publishes, into {@code sink}. */
  Publishing publishing(CandidateSink sink) {
    return new Publishing(
        config.modelName(),
        config.publishEvery(),
        new Provenance("fused", "bench", "any", "any", Map.of()),
        sink);
  }

  /** Opens or creates its store. */
  RocksTaskStore open(boolean sync) {
    return RocksLearnerStore.open(config.store().directory(), settings, sync);
  }
}
