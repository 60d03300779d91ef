package io.engram.modelregistry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.modelregistry.Candidates;
import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.RegistryImage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RequestDecisions and rules are closed sets: one that is added has to be added here, and is then known everywhere. */
class ClosedSetsTest {

  static List<RegistryRequest> operations() {
    return List.of(
        new RegistryRequest.Promote(1),
        new RegistryRequest.RollBack(),
        new RegistryRequest.RollBackTo(1),
        new RegistryRequest.SetAlias("a", 1),
        new RegistryRequest.RemoveAlias("a"),
        new RegistryRequest.Pin(),
        new RegistryRequest.Unpin(),
        new RegistryRequest.Tag(1, "a", "b"),
        new RegistryRequest.Untag(1, "a"));
  }

  static List<PromotionPolicy> policies() {
    return List.of(
        new PromotionPolicy.Always(),
        new PromotionPolicy.Manual(),
        new PromotionPolicy.NotWorse(0.05, 1000),
        new PromotionPolicy.Retains(0.05),
        new PromotionPolicy.Improves(0.01),
        new PromotionPolicy.Spaced(200),
        new PromotionPolicy.All(
            List.of(new PromotionPolicy.Spaced(200), new PromotionPolicy.Retains(0.05))));
  }

  @Test
  void noneIsForgotten() {
    assertThat(names(operations()))
        .containsExactlyInAnyOrderElementsOf(kinds(RegistryRequest.class));
    assertThat(names(policies())).containsExactlyInAnyOrderElementsOf(kinds(PromotionPolicy.class));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyOperationIsDecidedOn(RegistryRequest operation) {
    RegistryImage image =
        RegistryImage.EMPTY
            .apply(
                event(new Change.Registered(1, new Candidates("m").candidate(1, 0.5).manifest())))
            .apply(event(new Change.Promoted(1, OptionalLong.empty(), Map.of())));

    Decision decision =
        RequestDecisions.decide(image, "m", operation, new Caller("ann", "because", Instant.EPOCH));

    assertThat(decision).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void everyRuleIsReadAsItIsWritten(PromotionPolicy policy) {
    assertThat(PromotionPolicy.parse(policy.toString())).isEqualTo(policy);
  }

  private static ModelEvent event(Change change) {
    return new ModelEvent("m", Instant.EPOCH, "gate", "because", null, change);
  }

  private static List<String> names(List<?> values) {
    return values.stream().map(value -> value.getClass().getName()).toList();
  }

  private static List<String> kinds(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses()).map(Class::getName).toList();
  }
}
