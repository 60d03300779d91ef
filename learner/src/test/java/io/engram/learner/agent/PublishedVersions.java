package io.engram.learner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.schemas.Wire;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a simulated world saw published. */
final class PublishedVersions {

  private PublishedVersions() {}

  /** Candidates by id, in order of first publication; the same id must always mean the same bytes. */
  static Map<String, String> versions(SimulatedWorld<?, ?> world) {
    Map<String, String> versions = new LinkedHashMap<>();
    for (Candidate candidate : world.published()) {
      String content =
          HexFormat.of().formatHex(Wire.modelManifest().encode(candidate.manifest()))
              + HexFormat.of().formatHex(candidate.parameters());
      String before = versions.putIfAbsent(candidate.id(), content);
      assertThat(before == null || before.equals(content))
          .as("candidate %s published again is the same to the byte", candidate.id())
          .isTrue();
    }
    return versions;
  }
}
