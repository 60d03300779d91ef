package io.engram.cli.role;

import io.engram.cli.config.Section;
import io.engram.cli.config.Settings;
import io.engram.client.FewShotConfig;
import io.engram.client.FewShots;
import io.engram.modelregistry.serving.Serving;
import io.engram.modelregistry.serving.ServingConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.OptionalLong;

/** Section {@code registry.serving}. */
public final class ServingSettings {

  private static final String OFF = "off";

  private ServingSettings() {}

  /** What answers questions over HTTP, unless that is off; to be closed by the port. */
  public static Optional<Serving> read(Settings settings, MeterRegistry meters) {
    Section serving = settings.section("registry").section("serving");
    OptionalLong workers = serving.wideOr("workers", OFF);
    if (workers.isEmpty()) {
      return Optional.empty();
    }
    ServingConfig config =
        serving.build(
            () ->
                new ServingConfig(
                    Math.toIntExact(workers.getAsLong()),
                    serving.integer("queue"),
                    serving.duration("patience"),
                    serving.size("max-body"),
                    serving.integer("max-rows"),
                    serving.integer("max-features")));
    FewShotConfig kept =
        serving.build(() -> new FewShotConfig(serving.integer("versions"), serving.bytes("cache")));
    return Optional.of(new Serving(config, new ClientAnswerer(new FewShots(kept)), meters));
  }
}
