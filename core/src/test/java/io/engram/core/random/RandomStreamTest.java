package io.engram.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.random.Seeds.Purpose;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

  /** The first outputs of SplitMix64 from seed 1234567, as published with the algorithm. */
  @Test
  void bitsAreThoseOfSplitMix64() {
    RandomStream random = new RandomStream(1234567);
    assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
    assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
    assertThat(random.nextLong()).isEqualTo(Long.parseUnsignedLong("9817491932198370423"));
  }

  @Test
  void purposesAndCoordinatesGiveUnrelatedSeeds() {
    long seed = Seeds.derive(1, Purpose.ADMISSION, 0, 5);
    assertThat(seed).isEqualTo(Seeds.derive(1, Purpose.ADMISSION, 0, 5));
    assertThat(seed)
        .isNotEqualTo(Seeds.derive(1, Purpose.ADMISSION, 5, 0))
        .isNotEqualTo(Seeds.derive(1, Purpose.REPLAY_DRAW, 0, 5))
        .isNotEqualTo(Seeds.derive(2, Purpose.ADMISSION, 0, 5))
        .isNotEqualTo(Seeds.derive(1, Purpose.ADMISSION, 0, 5, 0));
  }

  @Property(tries = 50)
  void boundedDrawsAreUniform(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int bound) {
    RandomStream random = new RandomStream(seed);
    int draws = 2_000 * bound;
    int[] counts = new int[bound];
    for (int i = 0; i < draws; i++) {
      counts[random.nextInt(bound)]++;
    }
    // Six standard deviations of a binomial count: never seen by chance in any number of test runs
    // that matter.
    double tolerance = 6 * Math.sqrt(2_000.0);
    for (int count : counts) {
      assertThat((double) count).isCloseTo(2_000.0, within(tolerance));
    }
  }

  @Property
  void permutationsHoldEveryNumberOnce(@ForAll long seed, @ForAll @IntRange(max = 60) int size) {
    assertThat(IntStream.of(new RandomStream(seed).permutation(size)).boxed())
        .hasSize(size)
        .doesNotHaveDuplicates()
        .allMatch(i -> i >= 0 && i < size);
  }

  @Test
  void gaussiansHaveTheMomentsOfTheStandardNormal() {
    RandomStream random = new RandomStream(3);
    int draws = 100_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      double x = random.nextGaussian();
      sum += x;
      squares += x * x;
    }
    assertThat(sum / draws).isCloseTo(0, within(0.02));
    assertThat(squares / draws).isCloseTo(1, within(0.03));
  }
}
