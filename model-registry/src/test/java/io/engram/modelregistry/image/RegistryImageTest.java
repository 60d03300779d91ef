package io.engram.modelregistry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.modelregistry.Candidates;
import io.engram.schemas.avro.ModelManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RegistryImageTest {

  private static final int MANY = 10_000;

  private final Candidates candidates = new Candidates("m");

  @Test
  void anEventThatCannotFollowIsABrokenHistory() {
    RegistryImage one = RegistryImage.EMPTY.apply(event(registered(1)));
    assertBroken(
        one, new Change.Registered(3, candidates.candidate(3, 0.5).manifest()), "version 2");
    assertBroken(
        one,
        new Change.Registered(2, candidates.candidate(1, 0.5).manifest()),
        "registered already");
    assertBroken(one, new Change.Promoted(2, OptionalLong.empty(), Map.of()), "2 is unknown");
    assertBroken(one, new Change.Promoted(1, OptionalLong.of(7), Map.of()), "the champion was");
    assertBroken(one, new Change.RolledBack(1, 1), "the champion was");
    assertBroken(one, new Change.Pinned(1), "not the champion");
    assertBroken(one, new Change.AliasSet("a", 4), "4 is unknown");
  }

  @Test
  void anImageNeverChanges() {
    RegistryImage one = RegistryImage.EMPTY.apply(event(registered(1)));
    RegistryImage two = one.apply(event(registered(2)));
    assertThat(one.modelOrEmpty("m").newest()).isEqualTo(1);
    assertThat(two.modelOrEmpty("m").newest()).isEqualTo(2);
    assertThat(RegistryImage.EMPTY.models()).isEmpty();
  }

  @Test
  void aForgedLineageMakesNoCircle() {
    ModelManifest first = candidates.candidate("a", "b", 100, 0.5, 8).manifest();
    ModelManifest second = candidates.candidate("b", "a", 200, 0.5, 8).manifest();
    ModelImage model =
        RegistryImage.EMPTY
            .apply(event(new Change.Registered(1, first)))
            .apply(event(new Change.Registered(2, second)))
            .modelOrEmpty("m");
    assertThat(model.ancestry(model.require(2)))
        .extracting(RegisteredVersion::version)
        .containsExactly(2L, 1L);
    assertThat(model.ancestry(model.require(1)))
        .extracting(RegisteredVersion::version)
        .containsExactly(1L);
  }

  @Test
  void tenThousandVersionsAreReplayedWellWithinThreeSeconds() {
    List<ModelEvent> log = new ArrayList<>();
    for (int n = 1; n <= MANY; n++) {
      log.add(event(registered(n)));
      log.add(
          event(
              new Change.Promoted(
                  n, n == 1 ? OptionalLong.empty() : OptionalLong.of(n - 1), Map.of())));
    }
    long start = System.nanoTime();
    RegistryImage image = RegistryImage.EMPTY.apply(log);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    assertThat(image.modelOrEmpty("m").champion()).hasValue(MANY);
  }

  private Change registered(int n) {
    return new Change.Registered(n, candidates.candidate(n, 0.5).manifest());
  }

  private static ModelEvent event(Change change) {
    return new ModelEvent("m", Instant.ofEpochMilli(5), "ann", "because", null, change);
  }

  private static void assertBroken(RegistryImage image, Change change, String problem) {
    assertThatThrownBy(() -> image.apply(event(change)))
        .isInstanceOf(BrokenHistoryException.class)
        .hasMessageContaining(problem);
  }
}
