package io.engram.cli.role;

import io.engram.cli.config.Section;
import io.engram.cli.config.Settings;
import io.engram.cli.state.StateDirectory;
import io.engram.client.ExaminerConfig;
import io.engram.client.VersionExaminer;
import io.engram.modelregistry.RegistryConfig;
import io.engram.modelregistry.agent.CandidateExaminer;
import io.engram.modelregistry.gate.ParameterRetention;
import io.engram.modelregistry.gate.PromotionPolicy;
import io.engram.schemas.AssemblyLimits;
import io.engram.schemas.Topics;
import java.util.Map;

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
                assembly(registry.section("assembly")),
                SigningSettings.read(settings).registry()));
  }

  /**
   * What examines candidates; to be closed by the registry.
   *
   * @param kafka properties of its consumer
   */
  public static CandidateExaminer examiner(
      Settings settings, Topics topics, Map<String, Object> kafka) {
    Section examination = settings.section("registry").section("examination");
    ExaminerConfig config =
        examination.build(
            () ->
                new ExaminerConfig(
                    examination.integer("tasks"),
                    examination.integer("every"),
                    examination.bytes("max-bytes"),
                    examination.duration("time-limit")));
    return new ClientExaminer(VersionExaminer.open(topics.tasks(), kafka, config));
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
