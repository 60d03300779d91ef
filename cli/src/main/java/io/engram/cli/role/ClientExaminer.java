package io.engram.cli.role;

import io.engram.client.Examination;
import io.engram.client.VersionExaminer;
import io.engram.modelregistry.agent.CandidateExaminer;
import io.engram.modelregistry.gate.Measured;
import io.engram.schemas.Assembly;
import java.util.Optional;

/** The registry's examiner is the client's: a candidate is looked at as it would be used. */
record ClientExaminer(VersionExaminer examiner) implements CandidateExaminer {

  @Override
  public Finding examine(Exhibit candidate, Optional<Exhibit> champion) {
    Examination found = examiner.examine(whole(candidate), champion.map(ClientExaminer::whole));
    if (found instanceof Examination.Usable usable) {
      return new Finding.Usable(
          Optional.of(new Measured(usable.score(), usable.other(), usable.tasks())));
    }
    return new Finding.Unusable(((Examination.Unusable) found).reason());
  }

  private static Assembly.Complete whole(Exhibit exhibit) {
    return new Assembly.Complete(exhibit.manifest(), exhibit.parameters());
  }

  @Override
  public void close() {
    examiner.close();
  }
}
