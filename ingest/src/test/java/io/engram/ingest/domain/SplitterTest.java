package io.engram.ingest.domain;

import static io.engram.schemas.avro.Part.AUTO;
import static io.engram.schemas.avro.Part.QUERY;
import static io.engram.schemas.avro.Part.SUPPORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.schemas.avro.Part;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SplitterTest {

  private final Splitter splitter =
      new Splitter(new SplitRules(2, 3, OptionalDouble.empty(), 2, 100));
  private final Splitter half = new Splitter(new SplitRules(2, 3, OptionalDouble.of(0.5), 2, 100));

  @Test
  void theFirstShotsOfEveryClassAreSupport() {
    assertThat(split(splitter, autos(7), new int[] {0, 0, 1, 0, 1, 1, 2}, 3))
        .containsExactly(true, true, true, false, true, false, true);
  }

  @Test
  void theFirstExamplesOfARegressionAreSupport() {
    assertThat(split(splitter, autos(5), new int[5], 0))
        .containsExactly(true, true, true, false, false);
  }

  @Test
  void aFractionIsTakenInOrderOfArrivalWhateverTheClasses() {
    assertThat(split(half, autos(5), new int[] {0, 0, 0, 0, 1}, 2))
        .containsExactly(true, true, true, false, false);
    assertThat(split(half, autos(2), new int[2], 0)).containsExactly(true, false);
  }

  @Test
  void whatAnExampleSaysItselfGoesFirst() {
    assertThat(
            split(
                splitter,
                List.of(QUERY, AUTO, AUTO, SUPPORT, SUPPORT, AUTO),
                new int[] {0, 0, 0, 0, 1, 1},
                2))
        .as("class 0 has its 2 shots with the second AUTO refused by the explicit one")
        .containsExactly(false, true, false, true, true, true);
  }

  @Test
  void oneQueryExampleIsSparedRatherOfAClassThatStays() {
    assertThat(split(splitter, autos(3), new int[] {0, 0, 1}, 2))
        .containsExactly(true, false, true);
    assertThat(split(splitter, autos(2), new int[] {0, 1}, 2)).containsExactly(true, false);
    assertThat(split(splitter, autos(3), new int[3], 0)).containsExactly(true, true, false);
  }

  @Test
  void oneSupportExampleIsFound() {
    assertThat(split(half, List.of(QUERY, AUTO), new int[2], 0)).containsExactly(false, true);
  }

  @Test
  void whatIsAllOnOneSideIsRefused() {
    assertThat(splitter.split(List.of(SUPPORT, SUPPORT), new int[2], 0))
        .isInstanceOfSatisfying(
            Splitter.Split.Refused.class,
            refused ->
                assertThat(refused.refusal())
                    .isEqualTo(
                        new Refusal(
                            Category.ONE_SIDED_TASK,
                            "all 2 examples of the task are marked SUPPORT, expected at least 1 query example")));
    assertThat(splitter.split(List.of(QUERY, QUERY), new int[2], 1))
        .isInstanceOf(Splitter.Split.Refused.class);
  }

  private static boolean[] split(Splitter splitter, List<Part> parts, int[] classes, int ways) {
    return ((Splitter.Split.Done) splitter.split(parts, classes, ways)).support();
  }

  private static List<Part> autos(int examples) {
    return Collections.nCopies(examples, AUTO);
  }
}
