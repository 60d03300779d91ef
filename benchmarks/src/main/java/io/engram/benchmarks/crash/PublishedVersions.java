package io.engram.benchmarks.crash;

import io.engram.kafkakit.ClientProperties;
import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.Assembly;
import io.engram.schemas.ModelAssembler;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Wire;
import java.util.LinkedHashMap;
import java.util.Map;

/** All candidates on a topic. A candidate published again is the same, or counts as another one. */
final class PublishedVersions {

  private PublishedVersions() {}

  /** By id: the digest of manifest and parameters. */
  static Map<String, String> read(String bootstrap, String topic) {
    Map<String, String> versions = new LinkedHashMap<>();
    ModelAssembler assembler = new ModelAssembler();
    try (CommittedReader reader = new CommittedReader(ClientProperties.at(bootstrap, Map.of()))) {
      reader.readAll(
          topic,
          record -> {
            if (assembler.accept(Wire.modelRecord(record.value()))
                instanceof Assembly.Complete complete) {
              add(versions, complete);
            }
          });
    }
    return versions;
  }

  private static void add(Map<String, String> versions, Assembly.Complete version) {
    String digest =
        ModelChunks.sha256(Wire.modelManifest().encode(version.manifest()))
            + ModelChunks.sha256(version.parameters());
    String before = versions.putIfAbsent(version.manifest().getCandidateId(), digest);
    if (before != null && !before.equals(digest)) {
      versions.put(version.manifest().getCandidateId() + " published again", digest);
    }
  }
}
