package io.engram.engine.cuda;

import static io.engram.core.compute.episode.MetaRule.FIRST_ORDER;
import static io.engram.core.compute.episode.MetaRule.REPTILE;
import static io.engram.core.compute.episode.MetaRule.SECOND_ORDER;
import static io.engram.engine.reference.FiniteDifferences.relativeError;
import static io.engram.engine.reference.ReferenceLearner.widen;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching;
import io.engram.core.compute.episode.InnerLoop.Scope;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Episode;
import io.engram.engine.cuda.MetaShape.Alpha;
import io.engram.engine.cuda.device.ShimDevice;
import io.engram.engine.cuda.device.Sources;
import io.engram.engine.reference.Problems;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A task in one block gives what its layers give one by one. */
class DenseChainTest {

  private static final List<MetaRule> RULES = List.of(MetaRule.values());
  private static final float[] POISONS = {Float.NaN, Float.POSITIVE_INFINITY};

  @BeforeAll
  static void compilerIsHere() {
    Assumptions.assumeTrue(
        Sources.canPlayACard(),
        "no g++ here, or no sources: the kernels are not run without a card");
  }

  /** Sizes of the sets, and how many of the outputs are classes of a task. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          input(40) dense(6) tanh dense(3) softmax                                              |  5 |  5 | 3
          input(40) dense(6) leakyrelu dense(4) mse                                             |  5 |  3 | 4
          input(33) dense(17) relu dense(5) tanh dense(6) softmax                               |  3 |  8 | 2
          input(40) dense(20) dense(18) leakyrelu dense(16) mse                                 |  9 |  1 | 16
          input(50) dense(7) tanh dense(19) relu dense(5) leakyrelu dense(4) softmax            |  1 |  6 | 3
          input(32) dense(5) relu dense(4) tanh dense(6) dense(17) leakyrelu dense(3) softmax   |  4 | 11 | 2
          input(36) dense(40) tanh dense(3) mse                                                 | 34 |  2 | 3
          """)
  void oneBlockIsAsGoodAsManyLaunches(String text, int support, int query, int ways) {
    NetworkSpec network = NetworkSpec.parse(text);
    List<Episode> episodes = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      episodes.add(Problems.episode(network, support, query, ways, 40 + i));
    }
    for (MetaRule rule : MetaRule.values()) {
      for (StepSizes sizes :
          List.of(
              new StepSizes.Uniform(0.03f),
              new StepSizes.PerTensorPerStep(Problems.stepTable(network, 3)))) {
        assertSame(network, text, episodes, loop(sizes, 3), rule);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(MetaRule.class)
  void oneSickEpisodeAmongOthersIsLeftOut(MetaRule rule) {
    for (String text :
        List.of(
            "input(40) dense(6) tanh dense(3) softmax",
            "input(40) dense(6) relu dense(4) leakyrelu dense(3) softmax",
            "input(40) dense(6) tanh dense(4) mse")) {
      NetworkSpec network = NetworkSpec.parse(text);
      for (float poison : POISONS) {
        for (boolean inQuery : new boolean[] {false, true}) {
          List<Episode> healthy = Problems.episodes(network, 10, 2, 3);
          Episode sick = Problems.episode(network, 2, 3, network.outputs(), 5);
          (inQuery ? sick.query() : sick.support()).inputs()[1] = poison;
          List<Episode> poisoned = new ArrayList<>(healthy);
          poisoned.add(3, sick);
          MetaGradient found = gradient(network, poisoned, loop(2), rule);
          boolean seen = !inQuery || rule != REPTILE;
          assertThat(found.finite(3))
              .as("%s in %s of %s", poison, inQuery ? "query" : "support", text)
              .isEqualTo(!seen);
          if (seen) {
            assertThat(found.contributing()).isEqualTo(10);
            assertThat(found.parameters())
                .isEqualTo(gradient(network, healthy, loop(2), rule).parameters());
          }
        }
      }
    }
  }

  /** An infinite query whose hidden units are all saturated has finite outputs, and may yet bring NaN into the sum of all. */
  @Test
  void anInfiniteQueryIsFoundBehindSaturatedUnits() {
    NetworkSpec network = NetworkSpec.parse("input(32) dense(2) tanh dense(2) softmax");
    for (MetaRule rule : List.of(FIRST_ORDER, SECOND_ORDER)) {
      for (long seed = 0; seed < 12; seed++) {
        List<Episode> episodes = new ArrayList<>(Problems.episodes(network, 3, 1, 2));
        Episode sick = Problems.episode(network, 1, 2, 2, seed);
        sick.query().inputs()[3] = Float.POSITIVE_INFINITY;
        episodes.add(sick);
        MetaGradient found = gradient(network, episodes, loop(1), rule, seed);
        assertThat(found.finite(3)).as("seed %d", seed).isFalse();
        for (float x : found.parameters()) {
          assertThat(x).isFinite();
        }
      }
    }
  }

  /** Whatever the shapes: seeded, and the seed is said. */
  @Test
  void anyChainIsAsGoodAsItsLayers() {
    for (long seed = 0; seed < 40; seed++) {
      RandomStream random = new RandomStream(seed);
      String text = network(random);
      NetworkSpec network = NetworkSpec.parse(text);
      int support = 1 + random.nextInt(9);
      int query = 1 + random.nextInt(9);
      int ways = 2 + random.nextInt(network.outputs() - 1);
      List<Episode> episodes = new ArrayList<>();
      int tasks = 1 + random.nextInt(10);
      for (int i = 0; i < tasks; i++) {
        episodes.add(Problems.episode(network, support, query, ways, 1000 * seed + i));
      }
      int steps = 1 + random.nextInt(4);
      StepSizes sizes =
          random.nextInt(2) == 0
              ? new StepSizes.Uniform(0.02f)
              : new StepSizes.PerTensorPerStep(Problems.stepTable(network, steps));
      MetaRule rule = RULES.get(random.nextInt(RULES.size()));
      assertSame(network, "seed " + seed + ": " + text, episodes, loop(sizes, steps), rule);
    }
  }

  private static String network(RandomStream random) {
    List<String> functions = List.of(" relu", " leakyrelu", " tanh", "");
    StringBuilder text = new StringBuilder("input(%d)".formatted(32 + random.nextInt(20)));
    int layers = 2 + random.nextInt(4);
    for (int l = 0; l < layers; l++) {
      int width = random.nextInt(3) == 0 ? 15 + random.nextInt(20) : 2 + random.nextInt(8);
      text.append(" dense(%d)".formatted(width));
      text.append(l == layers - 1 ? "" : functions.get(random.nextInt(functions.size())));
    }
    return text.append(random.nextInt(2) == 0 ? " softmax" : " mse").toString();
  }

  private static void assertSame(
      NetworkSpec network, String what, List<Episode> episodes, InnerLoop loop, MetaRule rule) {
    assertThat(chain(network, episodes, loop, rule)).as(what).isTrue();
    MetaGradient found = gradient(network, episodes, loop, rule);
    // A layer without effect in front hides that the network is a chain.
    NetworkSpec layers = NetworkSpec.parse(network.toString().replaceFirst("\\)", ") identity"));
    assertThat(chain(layers, episodes, loop, rule)).as(what).isFalse();
    MetaGradient expected = gradient(layers, episodes, loop, rule);
    String where = "%s, %s, %s".formatted(what, rule, loop.optimizer());
    assertThat(relativeError(found.parameters(), widen(expected.parameters())))
        .as(where)
        .isLessThan(rule == SECOND_ORDER ? 1e-4 : 2e-5);
    assertThat(expected.contributing()).as(where).isEqualTo(episodes.size());
    assertThat(found.contributing()).as(where).isEqualTo(episodes.size());
    for (int i = 0; i < episodes.size(); i++) {
      double loss = expected.queryLoss(i);
      assertThat(Math.abs(found.queryLoss(i) - loss))
          .as(where)
          .isLessThan(2e-5 * (1 + Math.abs(loss)));
    }
  }

  private static boolean chain(
      NetworkSpec network, List<Episode> episodes, InnerLoop loop, MetaRule rule) {
    ShimDevice device = ShimDevice.open();
    try (Tables tables = new Tables(device, Arithmetic.SPLIT)) {
      MetaShape shape =
          new MetaShape(
              Groups.of(episodes, rule != REPTILE).shapes(),
              rule,
              Loop.of(loop),
              Alpha.NONE,
              0,
              false,
              false);
      return DenseChain.of(new Circuit(network, tables, device.sharedBytes()), shape) != null;
    }
  }

  private static MetaGradient gradient(
      NetworkSpec network, List<Episode> episodes, InnerLoop loop, MetaRule rule) {
    return gradient(network, episodes, loop, rule, 9);
  }

  private static MetaGradient gradient(
      NetworkSpec network, List<Episode> episodes, InnerLoop loop, MetaRule rule, long seed) {
    float[] theta = Problems.theta(network, seed);
    for (int i = 0; i < theta.length; i++) {
      // So that several wide layers behind each other do not diverge.
      theta[i] *= 0.4f;
    }
    MetaGradient gradient = MetaGradient.of(theta.length);
    try (CudaProgram program = new CudaProgram(ShimDevice.open(), network, Arithmetic.SPLIT)) {
      program.metaGradient(theta, episodes, MetaObjective.of(loop, rule), gradient);
    }
    return gradient;
  }

  private static InnerLoop loop(int steps) {
    return InnerLoop.sgd(steps, 0.05f);
  }

  private static InnerLoop loop(StepSizes sizes, int steps) {
    return new InnerLoop(steps, new InnerOptimizer.Sgd(sizes), new Batching.Full(), Scope.ALL);
  }
}
