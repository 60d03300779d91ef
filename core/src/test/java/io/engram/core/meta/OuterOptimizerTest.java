package io.engram.core.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OuterOptimizerTest {

  @Test
  void sgdOnReptilesDirectionInterpolates() {
    float[] theta = {1f, 2f};
    float[] phi = {3f, -2f};
    float[] direction = {theta[0] - phi[0], theta[1] - phi[1]};
    new OuterOptimizer.Sgd(new Schedule.Constant(0.25)).step(theta, direction, new Moments(2), 0);
    assertThat(theta).containsExactly(1.5f, 1f);
  }

  /** Algorithm 1 of the paper, in double precision, beside ours. */
  @Test
  void adamFollowsThePaper() {
    OuterOptimizer adam = OuterOptimizer.Adam.standard(new Schedule.Constant(0.01));
    float[] theta = {0.5f, -1f, 2f};
    Moments moments = new Moments(3);
    double[] expected = {0.5, -1, 2};
    double[] m = new double[3];
    double[] v = new double[3];
    for (int t = 1; t <= 20; t++) {
      float[] gradient = {(float) Math.sin(t), 0.1f * t, t == 7 ? -5f : 0f};
      adam.step(theta, gradient, moments, t - 1);
      for (int i = 0; i < 3; i++) {
        m[i] = 0.9 * m[i] + 0.1 * gradient[i];
        v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i];
        double mHat = m[i] / (1 - Math.pow(0.9, t));
        double vHat = v[i] / (1 - Math.pow(0.999, t));
        expected[i] -= 0.01 * mHat / (Math.sqrt(vHat) + 1e-8);
      }
    }
    for (int i = 0; i < 3; i++) {
      assertThat((double) theta[i]).isCloseTo(expected[i], within(1e-5));
    }
    assertThat(moments.steps()).isEqualTo(20);
  }

  @Test
  void schedulesStartAndEndWhereTheySay() {
    Schedule linear = new Schedule.Linear(1, 0.3, 100);
    assertThat(linear.at(0)).isEqualTo(1);
    assertThat(linear.at(50)).isCloseTo(0.65, within(1e-12));
    assertThat(linear.at(100)).isCloseTo(0.3, within(1e-12));
    assertThat(linear.at(100_000)).isCloseTo(0.3, within(1e-12));
    Schedule cosine = new Schedule.Cosine(1, 0.1, 100);
    assertThat(cosine.at(0)).isEqualTo(1);
    assertThat(cosine.at(50)).isCloseTo(0.55, within(1e-12));
    assertThat(cosine.at(101)).isCloseTo(0.1, within(1e-12));
  }
}
