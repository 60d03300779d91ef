package io.engram.modelregistry.gate;

import io.engram.model.Generation;
import io.engram.modelregistry.image.ModelImage;
import io.engram.modelregistry.image.RegisteredVersion;
import io.engram.schemas.avro.ModelManifest;
import java.util.Optional;

/**
 * Versions that know a task key that was forgotten on purpose since they were made. They are of an earlier generation of the log of tasks than
 * the champion: none of them becomes champion again, and their parameters go. A champion that is itself one has no say over a candidate that
 * is none.
 */
final class Forgotten {

  static final String WHY =
      "it was learned with a key that was forgotten since; nobody is to have it again";

  private Forgotten() {}

  /** Whether a version knows a key that the champion has forgotten. */
  static boolean since(ModelImage model, ModelManifest version) {
    return Generation.of(version) < generation(model);
  }

  /** The champion that a candidate is compared with: none that knows a key which the candidate does not. */
  static Optional<ModelManifest> rival(ModelImage model, ModelManifest candidate) {
    return model
        .championVersion()
        .map(RegisteredVersion::manifest)
        .filter(champion -> Generation.of(champion) >= Generation.of(candidate));
  }

  /** Says so where that is why a candidate passed. */
  static Verdict.Passed explained(
      ModelImage model, ModelManifest candidate, Verdict.Passed passed) {
    return model.champion().isPresent() && rival(model, candidate).isEmpty()
        ? new Verdict.Passed(
            "a key was forgotten: learned again from the log without it, generation %d; version %d, which knew the key, and all before it are retired"
                .formatted(Generation.of(candidate), model.champion().getAsLong()),
            passed.numbers())
        : passed;
  }

  private static long generation(ModelImage model) {
    return model.championVersion().map(champion -> Generation.of(champion.manifest())).orElse(0L);
  }
}
