package io.engram.benchmarks.memory;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.state.StateDirectory;
import io.engram.learner.LearnerConfig;
import java.nio.file.Path;

/** Learners as the omniglot preset configures them. */
final class Learners {

  private Learners() {}

  static LearnerConfig omniglot(Path state, String... assignments) {
    Layers layers = Layers.none().withPreset("omniglot");
    for (String assignment : assignments) {
      layers = layers.withAssignment(assignment);
    }
    return LearnerSettings.read(Settings.load(layers), StateDirectory.open(state));
  }
}
