package io.engram.core.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.random.RandomStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SayTest {

  @Test
  void theFirstSpeaksUntilSomethingIsKnown() {
    assertThat(new Say(3).of()).containsExactly(1, 0, 0);
  }

  /** Against any slopes, shares stay a distribution. */
  @Property(tries = 50)
  void sharesAreADistribution(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    Say say = new Say(5);
    for (int task = 0; task < 50; task++) {
      double size = Math.pow(10, 20 * random.nextDouble() - 10);
      double[] slopes = new double[5];
      Arrays.setAll(slopes, k -> size * (random.nextDouble() - 0.5));
      say.learn(slopes);
      assertThat(Arrays.stream(say.of()).sum()).isCloseTo(1, within(1e-9));
      assertThat(Arrays.stream(say.of()).allMatch(share -> share >= 0 && share <= 1)).isTrue();
    }
  }

  /** Linear losses: what the shares lose is soon hardly more than what the best candidate does. */
  @Property(tries = 20)
  void theBestIsFound(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    int best = random.nextInt(6);
    Say say = new Say(6);
    for (int task = 0; task < 400; task++) {
      double[] losses = new double[6];
      Arrays.setAll(losses, k -> random.nextDouble() + (k == best ? 0 : 0.3));
      say.learn(losses);
    }
    assertThat(say.of()[best]).isGreaterThan(0.9);
  }

  /** A scale of losses is nobody's business. */
  @Test
  void unitsDoNotMatter() {
    Say small = new Say(3);
    Say large = new Say(3);
    RandomStream random = new RandomStream(4);
    for (int task = 0; task < 30; task++) {
      double[] slopes = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
      small.learn(slopes);
      large.learn(new double[] {1024 * slopes[0], 1024 * slopes[1], 1024 * slopes[2]});
    }
    assertThat(large.of()[1]).isCloseTo(small.of()[1], within(1e-9));
  }
}
