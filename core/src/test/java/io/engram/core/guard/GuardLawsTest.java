package io.engram.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.random.RandomStream;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a task holds, it moves what all others are measured by a little, or not at all. */
class GuardLawsTest {

  /** Labels of a task, root mean square. */
  private static final double TOGETHER = 20;

  /** Features, one by one. */
  private static final double SINGLE = 50;

  @Property(tries = 500)
  void oneTaskMovesNoYardstickFar(
      @ForAll @Size(20) float[] labels,
      @ForAll @Size(40) float[] inputs,
      @ForAll @IntRange(min = 30, max = 60) int before) {
    Tenants tenants = new Tenants(Tenants.RULES).honest(before);
    ColumnSums labelsBefore = labels(tenants).copy();
    ColumnSums inputsBefore = inputs(tenants).copy();
    tenants.send(Tenants.task("evil", inputs, labels));
    assertBounded(labelsBefore, labels(tenants), TOGETHER);
    assertBounded(inputsBefore, inputs(tenants), SINGLE);
  }

  /** The most there is: all its rows ten deviations out. */
  @Property(tries = 500)
  void noTaskOfAnySizeMovesItFar(
      @ForAll @FloatRange(min = -1e30f, max = 1e30f) float level,
      @ForAll @IntRange(min = -30, max = 30) int exponent,
      @ForAll long seed) {
    Tenants tenants = new Tenants(Tenants.RULES).honest(40);
    ColumnSums before = labels(tenants).copy();
    float[] labels = Tenants.numbers(new RandomStream(seed), 20, Math.pow(10, exponent));
    for (int i = 0; i < labels.length; i++) {
      labels[i] += level;
    }
    tenants.send(Tenants.task("evil", Tenants.numbers(new RandomStream(seed), 40, 1), labels));
    assertBounded(before, labels(tenants), TOGETHER);
  }

  /**
   * Bounded.
   *
   * @param reach how far out rows may lie together, in deviations
   */
  private static void assertBounded(ColumnSums before, ColumnSums after, double reach) {
    for (int j = 0; j < before.columns(); j++) {
      double deviation = before.deviation(j);
      double share = 20.0 / before.count();
      assertThat(Math.abs(after.mean()[j] - before.mean()[j]))
          .isLessThan(1.1 * reach * share * deviation);
      assertThat(after.deviation(j))
          .isBetween(0.9 * deviation, 1.1 * deviation * Math.sqrt(1 + reach * reach * share));
    }
  }

  private static ColumnSums labels(Tenants tenants) {
    return Objects.requireNonNull(tenants.guard.labels()).sums();
  }

  private static ColumnSums inputs(Tenants tenants) {
    return Objects.requireNonNull(tenants.guard.inputs()).sums();
  }
}
