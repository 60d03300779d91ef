package io.engram.engine.cuda;

import static io.engram.engine.reference.FiniteDifferences.directionalError;
import static io.engram.engine.reference.FiniteDifferences.relativeError;
import static io.engram.engine.reference.ReferenceLearner.widen;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.Evaluation;
import io.engram.core.compute.InnerLoop;
import io.engram.core.compute.MetaGradient;
import io.engram.core.compute.MetaRule;
import io.engram.core.compute.NormalizationMode;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.engine.cuda.device.ShimDevice;
import io.engram.engine.cuda.device.Sources;
import io.engram.engine.reference.Problems;
import io.engram.engine.reference.ReferenceLearner;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables of offsets are where mistakes hide: convolutions of any small geometry, there and back, against a plain reference. */
class ConvolutionGeometryTest {

  private static final int GEOMETRIES = 60;

  @BeforeAll
  static void compilerIsHere() {
    Assumptions.assumeTrue(
        Sources.canPlayACard(),
        "no g++ here, or no sources: the kernels are not run without a card");
  }

  /** TF32 rounds every factor to eleven bits, which a sum near zero shows; a wrong offset is off by as much as there is. The others are held to the contract. */
  @ParameterizedTest
  @EnumSource(Arithmetic.class)
  void anyGeometryAgreesWithTheReference(Arithmetic arithmetic) {
    double slack = arithmetic == Arithmetic.TF32 ? 1500 : 1;
    for (long seed = 0; seed < GEOMETRIES; seed++) {
      String text = network(new RandomStream(seed));
      assertAgrees(NetworkSpec.parse(text), arithmetic, slack, "seed " + seed + ": " + text);
    }
  }

  private static void assertAgrees(
      NetworkSpec network, Arithmetic arithmetic, double slack, String what) {
    float[] theta = Problems.theta(network, 4);
    List<Episode> episodes = Problems.episodes(network, 2, 3, 2);
    ReferenceLearner reference = new ReferenceLearner(network);
    try (CudaProgram program = new CudaProgram(ShimDevice.open(), network, arithmetic)) {
      List<Evaluation> results = List.of(new Evaluation(), new Evaluation());
      float[][] parameters = {theta, theta};
      program.evaluate(parameters, episodes, NormalizationMode.TRANSDUCTIVE, results);
      for (int i = 0; i < 2; i++) {
        double[][] rows = reference.network().outputs(widen(theta), episodes.get(i).query());
        double[] expected = new double[rows.length * network.outputs()];
        for (int j = 0; j < expected.length; j++) {
          expected[j] = rows[j / network.outputs()][j % network.outputs()];
        }
        assertThat(relativeError(results.get(i).outputs(), expected))
            .as(what)
            .isLessThan(slack * 2e-5);
      }

      Episode episode = episodes.get(0);
      InnerLoop none = InnerLoop.sgd(0, 0f);
      assertThat(
              relativeError(
                  gradient(program, theta, episode, none, MetaRule.FIRST_ORDER),
                  reference.network().gradient(widen(theta), episode.query())))
          .as("gradient, %s", what)
          .isLessThan(slack * 2e-5);
      InnerLoop one = InnerLoop.sgd(1, 0.05f);
      assertThat(
              directionalError(
                  gradient(program, theta, episode, one, MetaRule.SECOND_ORDER),
                  x -> reference.metaLoss(x, episode, one),
                  widen(theta)))
          .as("second order, %s", what)
          .isLessThan(slack * 1e-4);
    }
  }

  private static float[] gradient(
      CudaProgram program, float[] theta, Episode episode, InnerLoop loop, MetaRule rule) {
    MetaGradient gradient = MetaGradient.of(theta.length);
    program.metaGradient(theta, List.of(episode), loop, rule, gradient);
    return gradient.parameters();
  }

  /** Two convolutions: errors go back through the second into the first. */
  private static String network(RandomStream random) {
    List<Integer> image = new ArrayList<>();
    image.add(3 + random.nextInt(7));
    image.add(3 + random.nextInt(7));
    String input = "input(%d,%d,%d)".formatted(1 + random.nextInt(3), image.get(0), image.get(1));
    String first = convolution(random, image, 2);
    String second = convolution(random, image, 4);
    return "%s %s tanh %s tanh flatten dense(2) mse".formatted(input, first, second);
  }

  /** Makes the image what the convolution leaves of it. */
  private static String convolution(RandomStream random, List<Integer> image, int mostStride) {
    int filters = 1 + random.nextInt(4);
    boolean same = random.nextInt(2) == 0;
    int side = Math.min(image.get(0), image.get(1));
    int kernel = 1 + random.nextInt(same ? 5 : Math.min(5, side));
    int stride = 1 + random.nextInt(mostStride);
    image.replaceAll(in -> same ? (in + stride - 1) / stride : (in - kernel) / stride + 1);
    return "conv(%d,%d,stride=%d,%s)".formatted(filters, kernel, stride, same ? "same" : "valid");
  }
}
