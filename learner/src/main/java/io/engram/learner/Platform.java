package io.engram.learner;

import io.engram.learner.agent.Provenance;
import io.engram.learner.agent.Wishes;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.Task;
import java.util.Map;

/** What this process runs on and speaks. */
final class Platform {

  private Platform() {}

  static Provenance provenance(String engine, long generation, Wishes wishes) {
    String version = Platform.class.getPackage().getImplementationVersion();
    return new Provenance(
        engine,
        version == null ? "development" : version,
        System.getProperty("java.vm.version", "unknown"),
        System.getProperty("os.arch", "unknown"),
        Map.of(
            Task.getClassSchema().getName(), hex(Wire.task().fingerprint()),
            ModelManifest.getClassSchema().getName(), hex(Wire.modelManifest().fingerprint())),
        generation,
        wishes);
  }

  private static String hex(long fingerprint) {
    return "%016x".formatted(fingerprint);
  }
}
