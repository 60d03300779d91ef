package io.engram.client;

import io.engram.core.compute.episode.HeadFit;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching;
import io.engram.core.compute.episode.InnerLoop.Scope;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.learning.Scale;
import io.engram.core.network.InitialParameters;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterTensor;
import io.engram.core.random.RandomStream;
import io.engram.model.Adaptation;
import io.engram.model.Version;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Versions of every kind of network, adaptation and label space; parameters and step sizes are drawn by a seed. */
final class PythonCases {

  private static final String IMAGES = "input(1,14,14) ";
  private static final String BLOCK = "conv(6,3,stride=2,same) batchnorm relu ";

  private PythonCases() {}

  /**
   * A version to be adapted.
   *
   * @param examples of its support set; without any it is used as it is
   * @param classes of its support set; none where it predicts numbers
   */
  record Case(Version version, int examples, List<String> classes) {

    /** The same version, of a task that nothing is known of. */
    Case alone() {
      return new Case(version, 0, classes);
    }
  }

  static List<Case> all() {
    List<String> abc = List.of("b", "a", "grün");
    NormalizationMode alone = NormalizationMode.NON_TRANSDUCTIVE;
    NormalizationMode together = NormalizationMode.TRANSDUCTIVE;
    return List.of(
        classes(1, "input(4) dense(20) relu dense(5) softmax", sgd(5, 0.2f), alone, abc),
        numbers(2, "input(3) dense(16) tanh dense(1) mse", sgd(4, 0.1f), alone),
        classes(
            3,
            IMAGES + BLOCK + BLOCK + "flatten dense(5) softmax",
            mini(sgd(6, 0.1f), 4),
            alone,
            abc),
        classes(
            4,
            "input(2,9,8) conv(5,3,stride=1,valid) batchnorm leakyrelu maxpool(2) flatten dense(3) softmax",
            learned(3, 4, true),
            together,
            abc),
        numbers(
            5,
            "input(5) dense(12) leakyrelu layernorm dense(8) tanh dense(2) mse",
            learned(4, 5, false),
            alone),
        classes(
            6,
            "input(1,10,10) conv(4,3,stride=1,same) relu maxpool(2,stride=2) conv(4,2,stride=2,same) tanh avgpool(2,stride=1) flatten dense(4) softmax",
            adam(5),
            alone,
            abc),
        classes(
            7,
            "input(1,8,8) conv(3,3,stride=1,valid) layernorm relu avgpool(2) flatten dense(3) softmax",
            head(sgd(5, 0.3f)),
            alone,
            abc),
        global(8, "input(6) dense(12) batchnorm relu dense(5) softmax", sgd(3, 0.1f), 10),
        global(9, "input(6) dense(12) batchnorm tanh dense(4) softmax", sgd(0, 0f), 0),
        numbers(
            10,
            "input(2) dense(10) batchnorm(0.001) identity relu dense(1) mse",
            mini(adam(8), 3),
            together),
        numbers(15, "input(3) dense(6) tanh dense(2) mse", adam(4), alone).alone(),
        global(16, "input(6) dense(9) layernorm relu dense(4) softmax", sgd(3, 0.1f), 0),
        classes(
            17,
            IMAGES + BLOCK + BLOCK + "flatten dense(5) softmax",
            InnerLoop.closedForm(new HeadFit.Prototypes()),
            alone,
            abc),
        global(
            18,
            "input(6) dense(12) batchnorm tanh dense(5) softmax",
            InnerLoop.closedForm(new HeadFit.Ridge(0.7f, 4f)),
            10),
        numbers(
            19,
            "input(3) dense(16) tanh dense(2) mse",
            InnerLoop.closedForm(new HeadFit.Ridge(0.2f, 4f)),
            alone),
        classes(
            20,
            "input(4) dense(20) layernorm dense(5) softmax",
            InnerLoop.closedForm(new HeadFit.CosinePrototypes(3f)),
            together,
            abc));
  }

  private static Case numbers(int seed, String network, InnerLoop loop, NormalizationMode mode) {
    return new Case(version(seed, network, loop, mode, LabelSpace.NONE, List.of()), 10, List.of());
  }

  private static Case classes(
      int seed, String network, InnerLoop loop, NormalizationMode mode, List<String> classes) {
    return new Case(
        version(seed, network, loop, mode, LabelSpace.PER_TASK, List.of()), 10, classes);
  }

  private static Case global(int seed, String network, InnerLoop loop, int examples) {
    List<String> known = List.of("a", "b", "c", "d");
    return new Case(
        version(seed, network, loop, NormalizationMode.NON_TRANSDUCTIVE, LabelSpace.GLOBAL, known),
        examples,
        List.of("d", "b"));
  }

  private static InnerLoop sgd(int steps, float stepSize) {
    return InnerLoop.sgd(steps, stepSize);
  }

  private static InnerLoop mini(InnerLoop loop, int size) {
    return new InnerLoop(loop.steps(), loop.optimizer(), new Batching.Mini(size), loop.scope());
  }

  private static InnerLoop head(InnerLoop loop) {
    return new InnerLoop(loop.steps(), loop.optimizer(), loop.batching(), Scope.HEAD);
  }

  private static InnerLoop adam(int steps) {
    InnerOptimizer.@Nullable AdamMoments none = null;
    return new InnerLoop(
        steps,
        new InnerOptimizer.Adam(0.01f, 0.5f, 0.999f, 1e-5f, none),
        new Batching.Full(),
        Scope.ALL);
  }

  /** Step sizes to be drawn once the network is known: for each parameter, or each tensor and step. */
  private static InnerLoop learned(int steps, int seed, boolean perParameter) {
    StepSizes drawn =
        perParameter
            ? new StepSizes.PerParameter(new float[] {seed})
            : new StepSizes.PerTensorPerStep(new float[steps][]);
    return new InnerLoop(steps, new InnerOptimizer.Sgd(drawn), new Batching.Full(), Scope.ALL);
  }

  private static InnerLoop drawn(InnerLoop loop, NetworkSpec network, RandomStream random) {
    if (!(loop.optimizer() instanceof InnerOptimizer.Sgd sgd)
        || sgd.stepSizes() instanceof StepSizes.Uniform) {
      return loop;
    }
    int tensors = network.layout().tensors().size();
    StepSizes sizes;
    if (sgd.stepSizes() instanceof StepSizes.PerParameter) {
      sizes = new StepSizes.PerParameter(draw(network.layout().length(), random));
    } else {
      float[][] table = new float[loop.steps()][];
      Arrays.setAll(table, step -> draw(tensors, random));
      sizes = new StepSizes.PerTensorPerStep(table);
    }
    return new InnerLoop(
        loop.steps(), new InnerOptimizer.Sgd(sizes), loop.batching(), loop.scope());
  }

  /** Numbers between 0.02 and 0.22. */
  private static float[] draw(int length, RandomStream random) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (0.02 + 0.2 * random.nextDouble());
    }
    return values;
  }

  private static Version version(
      int seed,
      String text,
      InnerLoop loop,
      NormalizationMode mode,
      LabelSpace space,
      List<String> classes) {
    NetworkSpec network = NetworkSpec.parse(text);
    RandomStream random = new RandomStream(seed);
    boolean scaled = seed % 2 == 0;
    return new Version(
        new Version.Name("m", seed, Instant.EPOCH),
        network,
        new Version.Labels(space, classes),
        Adaptation.by(drawn(loop, network, random), mode),
        new Version.Weights(
            theta(network, seed, random),
            scaled ? inputs(network.input().size(), random) : null,
            scaled && space == LabelSpace.NONE
                ? Scale.ofTargets(draw(network.outputs(), random), draw(network.outputs(), random))
                : null),
        Map.of(),
        lineage(1000L * seed - 7000));
  }

  /** Of inputs around 0 with a deviation of about 1; the smallest deviations cut some of them. */
  private static Scale inputs(int size, RandomStream random) {
    float[] deviation = draw(size, random);
    for (int i = 0; i < size; i++) {
      deviation[i] *= 8;
    }
    return Scale.ofInputs(draw(size, random), deviation);
  }

  /** No bias, gain or shift is left at its neutral value. */
  private static float[] theta(NetworkSpec network, int seed, RandomStream random) {
    float[] theta = InitialParameters.of(network, seed, false);
    for (ParameterTensor tensor : network.layout().tensors()) {
      for (int i = tensor.offset(); tensor.role().trainable() && i < tensor.end(); i++) {
        theta[i] += (float) (0.1 * random.nextGaussian());
      }
    }
    return theta;
  }

  static Lineage lineage(long seed) {
    return Lineage.newBuilder()
        .setParentCandidateId(null)
        .setOffsets(List.of())
        .setTasks(1)
        .setMetaUpdates(1)
        .setSeed(seed)
        .setHyperParameters(Map.of())
        .setSchemaFingerprints(Map.of())
        .setEngine("none")
        .setCodeVersion("0")
        .setJdk("17")
        .setArchitecture("any")
        .build();
  }
}
