package io.engram.modelregistry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ThinningTest {

  @Property(tries = 200)
  void itIsBoundedAndKeepsTheEndsAndTheExtremes(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5_000) int newest,
      @ForAll @IntRange(min = 8, max = 500) int points) {
    double[] scores = new Random(seed).doubles(newest).toArray();
    List<Long> chosen = Thinning.of(newest, points, version -> scores[(int) version - 1]);
    assertThat(chosen).hasSizeLessThanOrEqualTo(points).isSorted().doesNotHaveDuplicates();
    assertThat(chosen).contains(1L, (long) newest);
    assertThat(chosen.stream().mapToDouble(it -> scores[Math.toIntExact(it) - 1]).max().orElse(0))
        .isEqualTo(LongStream.range(0, newest).mapToDouble(it -> scores[(int) it]).max().orElse(1));
    assertThat(chosen.stream().mapToDouble(it -> scores[Math.toIntExact(it) - 1]).min().orElse(0))
        .isEqualTo(LongStream.range(0, newest).mapToDouble(it -> scores[(int) it]).min().orElse(1));
  }

  @Property(tries = 100)
  void aNewVersionLeavesThePointsBeforeItWhereTheyAre(
      @ForAll long seed, @ForAll @IntRange(min = 600, max = 1_000) int newest) {
    double[] scores = new Random(seed).doubles(newest + 1).toArray();
    List<Long> before = Thinning.of(newest, 200, version -> scores[(int) version - 1]);
    List<Long> after = Thinning.of(newest + 1, 200, version -> scores[(int) version - 1]);
    // Stretches of 16 versions at most; the last one grows.
    assertThat(after.stream().filter(it -> it <= newest - 16).toList())
        .isEqualTo(before.stream().filter(it -> it <= newest - 16).toList());
  }

  @Example
  void fewAreAllKeptAndWhoHasNoScoreGivesWay() {
    assertThat(Thinning.of(0, 8, version -> 1)).isEmpty();
    assertThat(Thinning.of(5, 8, version -> Double.NaN)).containsExactly(1L, 2L, 3L, 4L, 5L);
    List<Long> chosen = Thinning.of(100, 8, version -> version % 10 == 7 ? version : Double.NaN);
    assertThat(chosen).containsExactly(1L, 7L, 57L, 67L, 97L, 100L);
  }
}
