package io.engram.modelregistry.agent;

import io.engram.modelregistry.agent.CandidateExaminer.Exhibit;
import io.engram.modelregistry.agent.CandidateExaminer.Finding;
import io.engram.modelregistry.gate.CandidateJudge;
import io.engram.modelregistry.image.CandidatePosition;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.ModelImage;
import io.engram.modelregistry.image.RegistryImage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a candidate is let in: it is examined, and then judged by what was found. */
public record Admission(CandidateJudge judge, CandidateExaminer examiner) {

  /** Judges by what candidates say of themselves. */
  public Admission(CandidateJudge judge) {
    this(judge, CandidateExaminer.NONE);
  }

  /**
   * The events of a whole candidate.
   *
   * @return none if it is registered already
   */
  List<ModelEvent> admit(
      RegistryImage image, ReceivedCandidate.Whole whole, VersionBytes bytes, Instant now) {
    ModelImage model = image.modelOrEmpty(whole.manifest().getModelName());
    if (model.candidate(whole.manifest().getCandidateId()).isPresent()) {
      return judge.admit(image, whole.manifest(), whole.read(), now);
    }
    Finding finding =
        examiner.examine(new Exhibit(whole.manifest(), whole.parameters()), champion(model, bytes));
    if (finding instanceof Finding.Unusable unusable) {
      return List.of(
          reject(
              model.name(),
              whole.manifest().getCandidateId(),
              unusable.reason(),
              whole.read(),
              now));
    }
    return judge.admit(
        image, whole.manifest(), whole.read(), now, ((Finding.Usable) finding).measured());
  }

  /** The event of a candidate that cannot be taken. */
  ModelEvent reject(
      String model, String candidateId, String reason, CandidatePosition read, Instant now) {
    return judge.reject(model, candidateId, reason, read, now);
  }

  private static Optional<Exhibit> champion(ModelImage model, VersionBytes bytes) {
    return model
        .championVersion()
        .flatMap(
            version -> bytes.atHand(version).map(found -> new Exhibit(version.manifest(), found)));
  }
}
