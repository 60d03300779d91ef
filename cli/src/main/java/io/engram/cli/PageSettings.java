package io.engram.cli;

import io.engram.cli.config.Section;
import io.engram.cli.config.Settings;
import io.engram.cli.role.ClientStudies;
import io.engram.client.StudyConfig;
import io.engram.client.VersionStudy;
import io.engram.modelregistry.page.PageSources;
import io.engram.modelregistry.page.PipelineWatch;
import io.engram.modelregistry.page.RolesApart;
import io.engram.schemas.Topics;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Section {@code registry.page}. */
final class PageSettings {

  private static final List<String> ROLES = List.of("ingest", "learner", "predict");

  private PageSettings() {}

  /**
   * What the page shows.
   *
   * @param pipeline how the other roles do
   * @param kafka properties of the consumer that looks at tasks
   * @throws io.engram.cli.config.InvalidSettings if the section cannot be used
   */
  static PageSources of(
      PipelineWatch pipeline, Settings settings, Topics topics, Map<String, Object> kafka) {
    Section page = settings.section("registry").section("page");
    int tasks = page.integer("tasks");
    if (tasks == 0) {
      return PageSources.of(pipeline);
    }
    StudyConfig usual = StudyConfig.DEFAULT;
    StudyConfig config =
        page.build(
            () -> new StudyConfig(tasks, usual.maxBytes(), usual.curveTasks(), usual.budget()));
    return new PageSources(
        pipeline,
        Optional.of(new ClientStudies(() -> VersionStudy.open(topics.tasks(), kafka, config))));
  }

  /**
   * What the page of a registry by itself shows of the other roles.
   *
   * @throws io.engram.cli.config.InvalidSettings if an address is none
   */
  static PipelineWatch roles(Settings settings) {
    Section roles = settings.section("registry").section("page").section("roles");
    Map<String, URI> addresses = new LinkedHashMap<>();
    for (String role : ROLES) {
      if (!roles.text(role).isBlank()) {
        addresses.put(role, roles.parsed(role, URI::create));
      }
    }
    return addresses.isEmpty() ? PipelineWatch.NONE : roles.build(() -> new RolesApart(addresses));
  }
}
