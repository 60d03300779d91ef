package io.engram.cli;

import io.engram.cli.config.Section;
import io.engram.cli.config.Settings;
import io.engram.modelregistry.page.PipelineWatch;
import io.engram.modelregistry.page.RolesApart;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Section {@code registry.page}. */
final class PageSettings {

  private static final List<String> ROLES = List.of("ingest", "learner", "predict");

  private PageSettings() {}

  /**
   * What the page of a registry by itself shows of the other roles.
   *
   * @throws io.engram.cli.config.InvalidSettings if an address is none
   */
  static PipelineWatch read(Settings settings) {
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
