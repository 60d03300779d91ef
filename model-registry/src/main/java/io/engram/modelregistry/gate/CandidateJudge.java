package io.engram.modelregistry.gate;

import io.engram.modelregistry.image.CandidatePosition;
import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.ModelImage;
import io.engram.modelregistry.image.RegisteredVersion;
import io.engram.modelregistry.image.RegistryImage;
import io.engram.schemas.avro.ModelManifest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of a candidate: registered as the next version, and promoted or refused. Pure.
 *
 * <p><b>Withdrawn lines.</b> After a rollback the versions rolled back from are withdrawn. A candidate that was learned on from a
 * withdrawn version, at whatever distance, is registered but not promoted by the gate, and neither is one whose parent is
 * unknown while something is withdrawn; promoting a version of that line by hand ends this.
 *
 * <p><b>Forgotten keys.</b> A version that knows a key that was forgotten since counts for nothing: see {@link Forgotten}.
 */
public final class CandidateJudge {

  private final PromotionPolicy policy;

  public CandidateJudge(PromotionPolicy policy) {
    this.policy = policy;
  }

  /**
   * The events of a whole candidate.
   *
   * @return none if it is registered already
   */
  public List<ModelEvent> admit(
      RegistryImage image, ModelManifest candidate, CandidatePosition read, Instant now) {
    return admit(image, candidate, read, now, Optional.empty());
  }

  /**
   * The events of a whole candidate.
   *
   * @param measured what the registry itself found of it and the champion, if it did
   * @return none if it is registered already
   */
  public List<ModelEvent> admit(
      RegistryImage image,
      ModelManifest candidate,
      CandidatePosition read,
      Instant now,
      Optional<Measured> measured) {
    String name = candidate.getModelName();
    Optional<RegisteredVersion> known =
        image.model(name).flatMap(model -> model.candidate(candidate.getCandidateId()));
    if (known.isPresent()) {
      return known.get().sha256().equals(candidate.getSha256())
          ? List.of()
          : List.of(
              reject(
                  name,
                  candidate.getCandidateId(),
                  "it is registered as version %d with other parameters, sha256 %s"
                      .formatted(known.get().version(), known.get().sha256()),
                  read,
                  now));
    }
    ModelEvent registered = register(image, candidate, read, now);
    return List.of(registered, judge(image.apply(registered), registered, now, measured));
  }

  /** The event of a candidate that cannot be taken. */
  public ModelEvent reject(
      String model, String candidateId, String reason, CandidatePosition read, Instant now) {
    return new ModelEvent(
        model, now, ModelEvent.REGISTRY, reason, read, new Change.Rejected(candidateId));
  }

  private static ModelEvent register(
      RegistryImage image, ModelManifest candidate, CandidatePosition read, Instant now) {
    long version = image.modelOrEmpty(candidate.getModelName()).newest() + 1;
    ModelManifest manifest = ModelManifest.newBuilder(candidate).setVersion(version).build();
    return new ModelEvent(
        candidate.getModelName(),
        now,
        ModelEvent.REGISTRY,
        "a candidate arrived",
        read,
        new Change.Registered(version, manifest));
  }

  private ModelEvent judge(
      RegistryImage image, ModelEvent registered, Instant now, Optional<Measured> measured) {
    ModelImage model = image.modelOrEmpty(registered.model());
    RegisteredVersion version = model.require(model.newest());
    Verdict verdict = verdict(model, version, measured);
    Change change =
        verdict instanceof Verdict.Stopped stopped
            ? new Change.Refused(
                version.version(), model.champion(), stopped.rule(), stopped.numbers())
            : new Change.Promoted(version.version(), model.champion(), verdict.numbers());
    return new ModelEvent(model.name(), now, ModelEvent.GATE, verdict.reason(), null, change);
  }

  private Verdict verdict(
      ModelImage model, RegisteredVersion version, Optional<Measured> measured) {
    if (model.succession().pinned()) {
      return new Verdict.Stopped("pinned", "the champion is pinned", Map.of());
    }
    Optional<String> withdrawn = withdrawn(model, version);
    if (withdrawn.isPresent()) {
      return new Verdict.Stopped("withdrawn", withdrawn.get(), Map.of());
    }
    if (Forgotten.since(model, version.manifest())) {
      return new Verdict.Stopped("forgotten", Forgotten.WHY, Map.of());
    }
    Contest contest =
        new Contest(version.manifest(), Forgotten.rival(model, version.manifest()), measured);
    Verdict verdict = PromotionPolicy.unusable(contest).orElseGet(() -> policy.judge(contest));
    return verdict instanceof Verdict.Passed passed
        ? Forgotten.explained(model, version.manifest(), passed)
        : verdict;
  }

  private static Optional<String> withdrawn(ModelImage model, RegisteredVersion version) {
    if (model.succession().withdrawn().isEmpty()) {
      return Optional.empty();
    }
    List<RegisteredVersion> line = model.ancestry(version);
    Optional<String> rolledBack =
        line.stream()
            .filter(ancestor -> model.succession().withdrawn().contains(ancestor.version()))
            .findFirst()
            .map(
                ancestor ->
                    "it was learned on from version %d, which was rolled back; promote by hand to go on with this line"
                        .formatted(ancestor.version()));
    String root = line.get(line.size() - 1).parentCandidateId();
    return rolledBack.isPresent() || root == null
        ? rolledBack
        : Optional.of(
            "its ancestor %s is unknown, and a version was rolled back; promote by hand to go on with this line"
                .formatted(root));
  }
}
