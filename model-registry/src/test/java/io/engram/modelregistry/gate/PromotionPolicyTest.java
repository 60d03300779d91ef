package io.engram.modelregistry.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.modelregistry.Candidates;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.ModelManifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromotionPolicyTest {

  private final Candidates candidates = new Candidates("m");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "always",
        "manual",
        "not-worse(0.05)",
        "not-worse(0.05,stale=1000)",
        "retains(0.05)",
        "improves(0.01)",
        "spaced(200)",
        "not-worse(0.05) spaced(200) improves(0.01)"
      })
  void aPolicyIsItsText(String text) {
    assertThat(PromotionPolicy.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "allways",
        "not-worse",
        "not-worse(x)",
        "retains",
        "retains(0.1,stale=3)",
        "spaced(1.5)",
        "improves(0.1,stale=3)",
        "always(1)"
      })
  void whatIsNoPolicyIsNamedTogetherWithWhatIs(String text) {
    assertThatThrownBy(() -> PromotionPolicy.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'")
        .hasMessageContaining("known: always, manual, not-worse");
  }

  @Test
  void aNegativeToleranceIsRefused() {
    assertThatThrownBy(() -> PromotionPolicy.parse("not-worse(-0.1)"))
        .hasMessageContaining("at least 0, found -0.1");
  }

  @Test
  void theFirstVersionHasNobodyToBeComparedTo() {
    Contest first = new Contest(accuracy(1, 0.1), Optional.empty());
    for (String rule : List.of("always", "not-worse(0)", "improves(0.5)", "spaced(1000)")) {
      assertThat(PromotionPolicy.parse(rule).judge(first)).isInstanceOf(Verdict.Passed.class);
    }
    assertThat(PromotionPolicy.parse("manual").judge(first)).isInstanceOf(Verdict.Stopped.class);
  }

  @Test
  void notWorseComparesAccuraciesAbsolutely() {
    assertPasses("not-worse(0.05)", accuracy(2, 0.76), accuracy(1, 0.80));
    assertStops("not-worse(0.05)", accuracy(2, 0.74), accuracy(1, 0.80), "0.74, worse than");
  }

  @Test
  void notWorseComparesErrorsRelatively() {
    assertPasses("not-worse(0.05)", error(2, 2.09), error(1, 2.0));
    assertStops("not-worse(0.05)", error(2, 2.11), error(1, 2.0), "2.11, worse than");
  }

  @Test
  void theRetainedScoreCountsWhereTheChampionHasOne() {
    ModelManifest champion = with(accuracy(1, 0.8), Map.of("retained.score", 0.9));
    assertStops(
        "not-worse(0.05)",
        with(accuracy(2, 0.9), Map.of("retained.score", 0.8)),
        champion,
        "retained.score is 0.8");
    assertStops("not-worse(0.05)", accuracy(2, 0.9), champion, "retained.score is NaN");
    assertPasses("not-worse(0.05)", champion, accuracy(1, 0.8));
  }

  @Test
  void retainsAsksWhatWasForgottenAndNothingElse() {
    ModelManifest champion = with(accuracy(1, 0.8), Map.of("retained.score", 0.9));
    assertPasses("retains(0.05)", retained(0.2, 0.66, 0.7), champion);
    assertStops(
        "retains(0.05)",
        retained(0.9, 0.64, 0.7),
        champion,
        "retained.score is 0.64, worse than that of the best before, 0.7");
    assertPasses("retains(0.05)", accuracy(2, 0.1), accuracy(1, 0.8));
    assertStops("retains(0.05) spaced(200)", retained(0.9, 0.7, 0.7), champion, "100 tasks since");
  }

  @Test
  void retainedScoresOfOnePastComeBeforeThoseOfAnother() {
    ModelManifest champion = with(accuracy(1, 0.8), Map.of("retained.score", 0.9));
    assertPasses("not-worse(0.05)", retained(0.8, 0.66, 0.7), champion);
    assertStops(
        "not-worse(0.05)", retained(0.8, 0.64, 0.7), champion, "that of the best before, 0.7");
  }

  private ModelManifest retained(double prequential, double score, double before) {
    return with(
        accuracy(2, prequential), Map.of("retained.score", score, "retained.before", before));
  }

  @Test
  void aStaleChampionNoLongerCounts() {
    assertStops("not-worse(0.05,stale=1000)", accuracy(11, 0.6), accuracy(1, 0.8), "champion's");
    assertPasses("not-worse(0.05,stale=1000)", accuracy(12, 0.6), accuracy(1, 0.8));
    assertStops("not-worse(0.05,stale=1000)", accuracy(12, 0.4), accuracy(1, 0.8), "untrained");
  }

  @Test
  void improvesWantsMore() {
    assertPasses("improves(0.25)", accuracy(2, 0.75), accuracy(1, 0.5));
    assertStops("improves(0.25)", accuracy(2, 0.7), accuracy(1, 0.5), "0.7 found");
  }

  @Test
  void aVersionIsJudgedByWhatItWishesToBeJudgedBy() {
    ModelManifest champion = with(accuracy(1, 0.9), Map.of("prequential.logLoss", 0.40));
    ModelManifest sure = wishing("log-loss", accuracy(2, 0.8), Map.of("prequential.logLoss", 0.3));
    assertPasses("not-worse(0.05)", sure, champion);
    assertPasses("improves(0.25)", sure, champion);
    ModelManifest unsure =
        wishing("log-loss", accuracy(2, 0.95), Map.of("prequential.logLoss", 0.5));
    assertStops("not-worse(0.05)", unsure, champion, "prequential.logLoss is 0.5, worse than");
    assertStops("improves(0.05)", unsure, champion, "prequential.logLoss 0.5 found");
    assertStops("not-worse(0.05)", wishing("mae", accuracy(2, 0.8), Map.of()), champion, "0.8");
  }

  private static ModelManifest wishing(
      String score, ModelManifest manifest, Map<String, Double> metrics) {
    ModelManifest wishing = with(manifest, metrics);
    wishing.getLineage().setHyperParameters(Map.of("score", score));
    return wishing;
  }

  @Test
  void spacedCountsTasks() {
    assertPasses("spaced(100)", accuracy(2, 0.1), accuracy(1, 0.8));
    assertStops("spaced(101)", accuracy(2, 0.9), accuracy(1, 0.8), "100 tasks since");
  }

  @Test
  void allMustAgreeAndTheOneThatDoesNotIsNamed() {
    assertStops(
        "not-worse(0.05) spaced(500)", accuracy(2, 0.9), accuracy(1, 0.8), "100 tasks since");
  }

  @Test
  void aMetricThatIsNoNumberStopsUnderEveryPolicy() {
    ModelManifest broken = with(accuracy(2, 0.9), Map.of("prequential.window", Double.NaN));
    assertThat(PromotionPolicy.unusable(new Contest(broken, Optional.empty())))
        .hasValueSatisfying(
            verdict -> assertThat(verdict.reason()).contains("prequential.window is NaN"));
    assertThat(PromotionPolicy.unusable(new Contest(accuracy(1, 0.9), Optional.empty()))).isEmpty();
  }

  @Test
  void whatTheRegistryMeasuredStandsAboveWhatACandidateSays() {
    ModelManifest boasting = accuracy(2, 1.0);
    ModelManifest champion = accuracy(1, 0.7);
    for (String rule : List.of("not-worse(0.05)", "not-worse(0.05,stale=1)", "improves(0.1)")) {
      assertThat(judged(rule, boasting, champion, new Measured(0.2, 0.7, 16)))
          .isInstanceOfSatisfying(
              Verdict.Stopped.class,
              stopped ->
                  assertThat(stopped.numbers())
                      .containsEntry("measured", 0.2)
                      .containsEntry("against.measured", 0.7));
      assertThat(judged(rule, accuracy(2, 0.1), champion, new Measured(0.9, 0.7, 16)))
          .isInstanceOf(Verdict.Passed.class);
    }
    assertThat(judged("retains(0.05)", boasting, champion, new Measured(0.2, 0.7, 16)))
        .isInstanceOf(Verdict.Stopped.class);
    assertThat(judged("always", boasting, champion, new Measured(0.2, 0.7, 16)))
        .isInstanceOf(Verdict.Passed.class);
  }

  @Test
  void errorsWithoutBoundAreWorseThanAnyOther() {
    double none = Double.POSITIVE_INFINITY;
    String rule = "not-worse(0.05)";
    assertThat(judged(rule, error(2, 1), error(1, 1), new Measured(none, 3, 4)))
        .isInstanceOf(Verdict.Stopped.class);
    assertThat(judged(rule, error(2, 1), error(1, 1), new Measured(3, none, 4)))
        .isInstanceOf(Verdict.Passed.class);
    assertThat(judged(rule, error(2, 9), error(1, 1), new Measured(3, Double.NaN, 4)))
        .as("without a comparison it goes by what they say")
        .isInstanceOf(Verdict.Stopped.class);
  }

  private static Verdict judged(
      String rule, ModelManifest candidate, ModelManifest champion, Measured measured) {
    return PromotionPolicy.parse(rule)
        .judge(new Contest(candidate, Optional.of(champion), Optional.of(measured)));
  }

  private ModelManifest accuracy(int n, double score) {
    return candidates.candidate(n, score).manifest();
  }

  private ModelManifest error(int n, double score) {
    return ModelManifest.newBuilder(accuracy(n, score)).setLabelSpace(LabelSpace.NONE).build();
  }

  private static ModelManifest with(ModelManifest manifest, Map<String, Double> metrics) {
    return ModelManifest.newBuilder(manifest)
        .setMetrics(Verdict.merge(manifest.getMetrics(), metrics))
        .build();
  }

  private static void assertPasses(String policy, ModelManifest candidate, ModelManifest champion) {
    assertThat(PromotionPolicy.parse(policy).judge(new Contest(candidate, Optional.of(champion))))
        .isInstanceOf(Verdict.Passed.class);
  }

  private static void assertStops(
      String policy, ModelManifest candidate, ModelManifest champion, String reason) {
    assertThat(PromotionPolicy.parse(policy).judge(new Contest(candidate, Optional.of(champion))))
        .isInstanceOfSatisfying(
            Verdict.Stopped.class, stopped -> assertThat(stopped.reason()).contains(reason));
  }
}
