package io.engram.cli;

import io.engram.cli.config.Layers;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the roles that connect to a broker. */
final class RoleOptions {

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers to connect to (default: 127.0.0.1:9092).")
  private @Nullable String bootstrap;

  Layers layers(Map<String, String> environment) {
    Layers layers = config.layers(environment);
    return bootstrap == null ? layers : layers.withOption("bootstrap", "--bootstrap", bootstrap);
  }
}
