package io.engram.benchmarks.device;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.network.InitialParameters;
import io.engram.core.network.NetworkSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is measured, here and by the peer. All take 5 inner steps on 25 support examples; 25 query examples where the rule has use for them.
 *
 * @param name as in tables
 * @param network in its canonical text
 * @param ways classes of a task
 * @param support examples of a task's support set
 * @param query examples of its query set
 * @param innerSteps of plain gradient descent on the whole support set
 * @param stepSize large enough that exact MAML and first order differ by far more than rounding
 */
record DeviceCase(
    String name, String network, int ways, int support, int query, int innerSteps, float stepSize) {

  static final DeviceCase MLP =
      new DeviceCase(
          "mlp", "input(784) dense(64) relu dense(64) relu dense(5) softmax", 5, 25, 25, 5, 0.01f);

  static final DeviceCase CONV4 =
      new DeviceCase(
          "conv4",
          "input(1,28,28) "
              + "conv(64,3,stride=2,same) batchnorm relu ".repeat(4)
              + "flatten dense(5) softmax",
          5,
          25,
          25,
          5,
          0.01f);

  /** {@code -Dengram.device.case=NAME} for one alone. */
  private static final String ONLY = System.getProperty("engram.device.case", "");

  static final List<DeviceCase> ALL =
      Stream.of(MLP, CONV4).filter(it -> ONLY.isEmpty() || it.name.equals(ONLY)).toList();

  private static final long SEED = 1;

  private static final String RECTIFIER = " relu ";

  /** The case of this name. */
  static DeviceCase of(String name) {
    return ALL.stream()
        .filter(it -> it.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no case is called '%s'; there are %s"
                        .formatted(name, ALL.stream().map(DeviceCase::name).toList())));
  }

  /** How a line of a table calls it, such as {@code mlp 1024 maml}. */
  String label(int tasks, MetaRule rule) {
    return name + " " + tasks + " " + RuleName.of(rule);
  }

  /** Whether a difference within rounding can become a large one. */
  boolean hasKinks() {
    return network.contains(RECTIFIER);
  }

  /** The same with tanh in the place of rectifiers. */
  DeviceCase withoutKinks() {
    return new DeviceCase(
        name + "-tanh",
        network.replace(RECTIFIER, " tanh "),
        ways,
        support,
        query,
        innerSteps,
        stepSize);
  }

  NetworkSpec spec() {
    return NetworkSpec.parse(network);
  }

  InnerLoop loop() {
    return InnerLoop.sgd(innerSteps, stepSize);
  }

  float[] theta() {
    return InitialParameters.of(spec(), SEED, false);
  }
}
