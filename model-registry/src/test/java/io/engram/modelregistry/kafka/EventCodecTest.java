package io.engram.modelregistry.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.modelregistry.Candidates;
import io.engram.modelregistry.image.CandidatePosition;
import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {

  static Stream<Change> changes() {
    return Stream.of(
        new Change.Registered(1, new Candidates("m").candidate(1, 0.5).manifest()),
        new Change.Rejected("c"),
        new Change.Promoted(2, OptionalLong.of(1), Map.of("a", 0.5)),
        new Change.Promoted(1, OptionalLong.empty(), Map.of()),
        new Change.Refused(2, OptionalLong.of(1), "pinned", Map.of("b", 1.5)),
        new Change.RolledBack(2, 1),
        new Change.AliasSet("prod", 1),
        new Change.AliasRemoved("prod"),
        new Change.Pinned(1),
        new Change.Unpinned(1),
        new Change.Tagged(1, "note", "good"),
        new Change.Untagged(1, "note"),
        new Change.ParametersDropped(List.of(1L, 2L)));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void everyChangeSurvivesTheWire(Change change) {
    ModelEvent event =
        new ModelEvent(
            "m", Instant.ofEpochMilli(123), "ann", "because", new CandidatePosition(1, 7), change);
    assertThat(EventCodec.decode(EventCodec.encode(event))).isEqualTo(event);
  }

  @Test
  void noChangeIsForgotten() {
    assertThat(changes().map(change -> change.getClass().getName()).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Change.class.getPermittedSubclasses()).map(Class::getName).toList());
  }
}
