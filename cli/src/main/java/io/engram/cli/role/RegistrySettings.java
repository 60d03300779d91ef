package io.engram.cli.role;

import io.engram.cli.config.Section;
import io.engram.cli.config.Settings;
import io.engram.cli.state.StateDirectory;
import io.engram.modelregistry.RegistryConfig;
import io.engram.modelregistry.gate.ParameterRetention;
import io.engram.modelregistry.gate.PromotionPolicy;
import io.engram.schemas.AssemblyLimits;

/** Section {@code registry}. */
public final class RegistrySettings {

  private RegistrySettings() {}

  /** The registry's configuration. */
  public static RegistryConfig read(Settings settings, StateDirectory state) {
    Section registry = settings.section("registry");
    Section retention = registry.section("retention");
    return registry.build(
        () ->
            new RegistryConfig(
                state.registry(),
                registry.parsed("promotion", PromotionPolicy::parse),
                new ParameterRetention(retention.integer("newest"), retention.integer("champions")),
                registry.replication(),
                registry.duration("transaction-timeout"),
                assembly(registry.section("assembly"))));
  }

  private static AssemblyLimits assembly(Section limits) {
    return limits.build(
        () ->
            new AssemblyLimits(
                limits.size("chunk-bytes"),
                limits.integer("chunks"),
                limits.integer("versions"),
                limits.bytes("total-bytes")));
  }
}
