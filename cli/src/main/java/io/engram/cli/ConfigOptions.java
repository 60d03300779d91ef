package io.engram.cli;

import io.engram.cli.config.Layers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command with a configuration has. */
final class ConfigOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration file (HOCON); 'engram config --reference' explains every key.")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets any key, e.g. --set learner.meta-step=0.0005. May be repeated.")
  private List<String> assignments = new ArrayList<>();

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "Where the state lies that survives restarts (default: ./engram-state).")
  private @Nullable String state;

  Layers layers(Map<String, String> environment) {
    Layers layers = Layers.none().withEnvironment(environment);
    if (file != null) {
      layers = layers.withFile(file);
    }
    for (String assignment : assignments) {
      layers = layers.withAssignment(assignment);
    }
    return state == null ? layers : layers.withOption("state-dir", "--state", state);
  }
}
