package io.engram.cli;

import io.engram.cli.config.Settings;
import io.engram.cli.state.StateDirectory;
import java.nio.file.Path;

/** Where a configuration has the learner's store. */
final class LearnerStores {

  private LearnerStores() {}

  static Path of(Settings settings) {
    return StateDirectory.open(settings.top().path("state-dir")).learner();
  }
}
