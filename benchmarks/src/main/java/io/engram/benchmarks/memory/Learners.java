package io.engram.benchmarks.memory;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.state.StateDirectory;
import io.engram.learner.LearnerConfig;
import java.nio.file.Path;

/** Learners as the presets configure them. */
final class Learners {

  private Learners() {}

  static LearnerConfig omniglot(Path state, String... assignments) {
    return preset("omniglot", state, assignments);
  }

  static LearnerConfig preset(String preset, Path state, String... assignments) {
    Layers layers = Layers.none().withPreset(preset);
    for (String assignment : assignments) {
      layers = layers.withAssignment(assignment);
    }
    return LearnerSettings.read(Settings.load(layers), StateDirectory.open(state));
  }
}
