package io.engram.core.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.random.RandomStream;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PrincipalComponentsTest {

  private static final int DIMENSIONS = 6;

  @Property(tries = 100)
  void directionsAreUncorrelatedAndTheFirstDiffersMost(@ForAll long seed) {
    double[][] projected = PrincipalComponents.project(points(seed, 40), DIMENSIONS);
    for (int a = 0; a < DIMENSIONS; a++) {
      double own = covariance(projected, a, a);
      for (int b = 0; b < a; b++) {
        double before = covariance(projected, b, b);
        assertThat(own).isLessThanOrEqualTo(before * (1 + 1e-9));
        assertThat(Math.abs(covariance(projected, a, b))).isLessThan(1e-9 * (1 + before));
      }
    }
  }

  /** All directions together only turn the points, and no other direction has more variance than the first. */
  @Property(tries = 100)
  void nothingIsLostAndNoDirectionBeatsTheFirst(@ForAll long seed) {
    float[][] points = points(seed, 25);
    double[][] projected = PrincipalComponents.project(points, DIMENSIONS);
    assertThat(distance(projected[0], projected[1]))
        .isCloseTo(distance(wide(points[0]), wide(points[1])), within(1e-6));
    RandomStream random = new RandomStream(~seed);
    double[] direction = new double[DIMENSIONS];
    Arrays.setAll(direction, i -> random.nextGaussian());
    double norm = Math.sqrt(Vectors.dot(direction, direction));
    double[][] along = new double[points.length][1];
    for (int i = 0; i < points.length; i++) {
      along[i][0] = Vectors.dot(wide(points[i]), direction) / norm;
    }
    assertThat(variance(along)).isLessThanOrEqualTo(covariance(projected, 0, 0) * (1 + 1e-9));
  }

  @Property(tries = 50)
  void theOrderOfPointsDoesNotTurnThePicture(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 19) int turn) {
    float[][] points = points(seed, 20);
    float[][] turned = new float[points.length][];
    for (int i = 0; i < points.length; i++) {
      turned[i] = points[(i + turn) % points.length];
    }
    double[][] one = PrincipalComponents.project(points, 2);
    double[][] other = PrincipalComponents.project(turned, 2);
    for (int i = 0; i < points.length; i++) {
      assertThat(other[i]).containsExactly(one[(i + turn) % points.length], within(1e-4));
    }
  }

  @Example
  void pointsOnALineLieOnTheFirstAxis() {
    float[][] points = {{0, 0, 5}, {1, -2, 5}, {2, -4, 5}};
    double[][] projected = PrincipalComponents.project(points, 2);
    // The larger entry is the second one, so that way is positive.
    double step = Math.sqrt(5);
    assertThat(projected[0]).containsExactly(new double[] {step, 0}, within(1e-9));
    assertThat(projected[2]).containsExactly(new double[] {-step, 0}, within(1e-9));
  }

  @Example
  void littleIsNoTrouble() {
    assertThat(PrincipalComponents.project(new float[0][], 2)).isEmpty();
    assertThat(PrincipalComponents.project(new float[][] {{3, 4}}, 2)[0]).containsExactly(0, 0);
    assertThat(PrincipalComponents.project(new float[][] {{3}, {5}}, 2)[1]).containsExactly(1, 0);
    assertThatThrownBy(() -> PrincipalComponents.project(new float[][] {{Float.NaN}}, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Spread differently along each axis, and not along the axes alone. */
  private static float[][] points(long seed, int count) {
    RandomStream random = new RandomStream(seed);
    float[][] points = new float[count][DIMENSIONS];
    for (float[] point : points) {
      double shared = random.nextGaussian();
      for (int d = 0; d < DIMENSIONS; d++) {
        point[d] = (float) ((d + 1) * random.nextGaussian() + 3 * shared);
      }
    }
    return points;
  }

  private static double[] wide(float[] point) {
    double[] wide = new double[point.length];
    Arrays.setAll(wide, i -> point[i]);
    return wide;
  }

  private static double distance(double[] a, double[] b) {
    double[] difference = Vectors.minus(a, b);
    return Math.sqrt(Vectors.dot(difference, difference));
  }

  private static double variance(double[][] rows) {
    double mean = Arrays.stream(rows).mapToDouble(it -> it[0]).average().orElseThrow();
    return Arrays.stream(rows).mapToDouble(it -> (it[0] - mean) * (it[0] - mean)).sum()
        / rows.length;
  }

  private static double covariance(double[][] centred, int a, int b) {
    return Arrays.stream(centred).mapToDouble(it -> it[a] * it[b]).sum() / centred.length;
  }
}
