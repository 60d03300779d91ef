package io.engram.modelregistry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.model.Generation;
import io.engram.modelregistry.Candidates;
import io.engram.modelregistry.image.CandidatePosition;
import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.ModelImage;
import io.engram.modelregistry.image.RegistryImage;
import io.engram.schemas.avro.ModelManifest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Versions that know a key that was forgotten since count for nothing. */
class ForgottenTest {

  private static final Caller ANN = new Caller("ann", "because", Instant.EPOCH);

  private RegistryImage image = RegistryImage.EMPTY;

  @Test
  void theFirstOfALaterGenerationReplacesAChampionHoweverGood() {
    arrive(1, 0.99, 0, "not-worse(0.05)");
    ModelEvent judged = arrive(2, 0.40, 1, "not-worse(0.05)");

    assertThat(judged.change()).isInstanceOf(Change.Promoted.class);
    assertThat(judged.reason())
        .contains("a key was forgotten")
        .contains("generation 1")
        .contains("version 1");
    assertThat(model().champion()).hasValue(2);
    assertThat(arrive(3, 0.30, 1, "not-worse(0.05)").change())
        .as("within a generation the gate judges as ever")
        .isInstanceOf(Change.Refused.class);
  }

  @Test
  void nothingOfAnEarlierGenerationBecomesChampionAgain() {
    arrive(1, 0.9, 0, "always");
    arrive(2, 0.8, 1, "always");
    ModelEvent late = arrive(3, 0.99, 0, "always");

    assertThat(late.change()).isInstanceOf(Change.Refused.class);
    assertThat(((Change.Refused) late.change()).rule()).isEqualTo("forgotten");
    for (RegistryRequest request :
        List.of(
            new RegistryRequest.RollBack(),
            new RegistryRequest.RollBackTo(1),
            new RegistryRequest.Promote(1))) {
      assertThat(RequestDecisions.decide(image, "m", request, ANN))
          .as(request.toString())
          .isInstanceOfSatisfying(
              Decision.Declined.class, it -> assertThat(it.reason()).contains("forgotten"));
    }
  }

  @Test
  void byHandIsByHand() {
    ModelEvent first = arrive(1, 0.9, 0, "manual");
    assertThat(first.change()).isInstanceOf(Change.Refused.class);
    assertThat(arrive(2, 0.9, 1, "manual").change()).isInstanceOf(Change.Refused.class);
  }

  @Test
  void parametersOfEarlierGenerationsGoEvenUnderAnAlias() {
    arrive(1, 0.9, 0, "always");
    arrive(2, 0.9, 0, "always");
    image =
        image.apply(
            new ModelEvent(
                "m", Instant.EPOCH, "ann", "because", null, new Change.AliasSet("prod", 1)));
    ParameterRetention retention = new ParameterRetention(20, 5);
    assertThat(retention.prune(model(), Instant.EPOCH)).isEmpty();
    arrive(3, 0.9, 1, "always");
    assertThat(retention.prune(model(), Instant.EPOCH).orElseThrow().change())
        .isEqualTo(new Change.ParametersDropped(List.of(1L, 2L)));
  }

  private ModelImage model() {
    return image.modelOrEmpty("m");
  }

  /** The event of the gate. */
  private ModelEvent arrive(int number, double score, long generation, String policy) {
    ModelManifest manifest = new Candidates("m").candidate(number, score).manifest();
    manifest.getLineage().setParentCandidateId(null);
    manifest.getLineage().setHyperParameters(Generation.among(Map.of(), generation));
    List<ModelEvent> events =
        new CandidateJudge(PromotionPolicy.parse(policy))
            .admit(image, manifest, new CandidatePosition(0, number), Instant.EPOCH);
    image = image.apply(events);
    return events.get(1);
  }
}
