package io.engram.learner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.learner.TestSettings;
import io.engram.model.Generation;
import io.engram.schemas.avro.Lineage;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.PartitionOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Candidates of a learner that learns again what was known. */
class CatchingUpTest {

  private final List<Candidate> published = new ArrayList<>();
  private final CatchingUp sink =
      new CatchingUp(
          new CandidateSink() {
            @Override
            public void publish(Candidate candidate) {
              published.add(candidate);
            }

            @Override
            public void close() {}
          },
          Map.of(0, 100L));

  @Test
  void theNewestIsPublishedWhenAllThatWasKnownHasBeenShown() {
    Candidate early = at(40);
    Candidate late = at(96);
    sink.publish(early);
    sink.waiting(position -> position.offset() < 60);
    sink.publish(late);
    sink.waiting(position -> position.offset() < 99);
    assertThat(published).isEmpty();
    sink.waiting(position -> position.offset() < 100);
    assertThat(published).containsExactly(late);
    sink.waiting(position -> position.offset() < 100);
    assertThat(published).hasSize(1);
  }

  @Test
  void aLaterOneBringsTheOneThatIsOfWhatWasKnownAlong() {
    Candidate late = at(96);
    Candidate later = at(104);
    sink.publish(late);
    sink.publish(later);
    Candidate next = at(112);
    sink.publish(next);
    assertThat(published).containsExactly(late, later, next);
  }

  @Test
  void whereNothingWasForgottenNothingIsKeptBack() {
    CatchingUp open = new CatchingUp(sink, Map.of());
    open.publish(at(200));
    assertThat(published).hasSize(1);
  }

  @Test
  void aVersionSaysItsGenerationFromTheFirstForgettingOn() {
    assertThat(Generation.of(made(0))).isZero();
    assertThat(made(0).getLineage().getHyperParameters()).containsOnlyKeys("settings");
    assertThat(Generation.of(made(3))).isEqualTo(3);
  }

  private static Candidate at(long offset) {
    ModelManifest manifest = made(1);
    Lineage lineage = manifest.getLineage();
    lineage.setOffsets(List.of(new PartitionOffset(0, offset)));
    return new Candidate(manifest, new byte[0]);
  }

  private static ModelManifest made(long generation) {
    TaskSettings settings = TestSettings.sinusoid(4);
    return new CandidateFactory(
            "m",
            settings,
            new Provenance("fused", "test", "17", "amd64", Map.of(), generation, Wishes.NONE))
        .make(TaskState.initial(settings), null)
        .manifest();
  }
}
