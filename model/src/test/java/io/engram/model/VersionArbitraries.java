package io.engram.model;

import io.engram.core.compute.episode.HeadFit;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.learning.Scale;
import io.engram.core.network.Head;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.tables.TableModel;
import io.engram.core.tables.TableShape;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import io.engram.schemas.avro.PartitionOffset;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Versions of every kind. */
final class VersionArbitraries {

  private static final List<String> NETWORKS =
      List.of(
          "input(3) dense(2) relu dense(1) mse",
          "input(2) dense(3) layernorm tanh dense(2) mse",
          "input(1,4,4) conv(2,3,stride=1,same) batchnorm relu maxpool(2,stride=2) flatten dense(3) softmax");

  private VersionArbitraries() {}

  static Arbitrary<Version> versions() {
    return adaptationsAndNetworks()
        .flatMap(
            pair ->
                Combinators.combine(
                        Arbitraries.longs().between(0, 1000),
                        Arbitraries.longs().between(0, 1L << 40),
                        labels(),
                        metrics(),
                        Arbitraries.integers().between(0, 3))
                    .as(
                        (number, at, labels, metrics, scaled) ->
                            version(pair, number, at, labels, metrics, scaled)));
  }

  /** Every way to adapt: a kind that is missing here fails {@link VersionCodecTest}. */
  static Map<Class<? extends Adaptation>, Arbitrary<Adaptation>> adaptations(NetworkSpec network) {
    return Map.of(
        Adaptation.GradientSteps.class, steps(network),
        Adaptation.ClosedFormHead.class, heads(network),
        Adaptation.None.class, normalizations().map(Adaptation.None::new),
        Adaptation.ByTable.class, Arbitraries.longs().map(seed -> table(network, seed)));
  }

  private static Adaptation table(NetworkSpec network, long seed) {
    TableModel untrained = TableModel.untrained(TableShape.of(network));
    RandomStream random = new RandomStream(seed);
    double[] trust = new double[untrained.weights().length];
    Arrays.setAll(trust, expert -> random.nextGaussian());
    return new Adaptation.ByTable(untrained.trusting(trust));
  }

  private record Adapted(NetworkSpec network, Adaptation adaptation) {}

  private static Arbitrary<Adapted> adaptationsAndNetworks() {
    return Arbitraries.of(NETWORKS)
        .map(NetworkSpec::parse)
        .flatMap(
            network ->
                Arbitraries.oneOf(List.copyOf(adaptations(network).values()))
                    .map(adaptation -> new Adapted(network, adaptation)));
  }

  private static Arbitrary<Adaptation> steps(NetworkSpec network) {
    return Arbitraries.integers()
        .between(1, 5)
        .flatMap(
            steps ->
                Combinators.combine(
                        optimizers(network, steps),
                        batchings(),
                        Arbitraries.of(InnerLoop.Scope.class),
                        normalizations())
                    .as(
                        (optimizer, batching, scope, normalization) ->
                            new Adaptation.GradientSteps(
                                new InnerLoop(steps, optimizer, batching, scope), normalization)));
  }

  /** Prototypes are of classes. */
  private static Arbitrary<Adaptation> heads(NetworkSpec network) {
    Arbitrary<Float> numbers = Arbitraries.integers().between(1, 2000).map(it -> it / 997f);
    Arbitrary<HeadFit> ridge =
        Combinators.combine(numbers, numbers)
            .as((lambda, scale) -> (HeadFit) new HeadFit.Ridge(lambda, scale));
    Arbitrary<HeadFit> fits =
        network.head() == Head.MEAN_SQUARED_ERROR
            ? ridge
            : Arbitraries.oneOf(
                ridge,
                Arbitraries.just(new HeadFit.Prototypes()),
                numbers.map(HeadFit.CosinePrototypes::new));
    return Combinators.combine(fits, normalizations()).as(Adaptation.ClosedFormHead::new);
  }

  private static Arbitrary<InnerOptimizer> optimizers(NetworkSpec network, int steps) {
    Arbitrary<Float> rates = Arbitraries.integers().between(1, 2000).map(it -> it / 997f);
    Arbitrary<Float> betas = Arbitraries.integers().between(0, 999).map(it -> it / 1000f);
    int tensors = network.layout().tensors().size();
    return Arbitraries.oneOf(
        rates.map(rate -> new InnerOptimizer.Sgd(new StepSizes.Uniform(rate))),
        Arbitraries.longs()
            .map(
                seed ->
                    new InnerOptimizer.Sgd(
                        new StepSizes.PerParameter(numbers(seed, network.layout().length())))),
        Arbitraries.longs()
            .map(
                seed -> {
                  float[][] table = new float[steps][];
                  for (int step = 0; step < steps; step++) {
                    table[step] = numbers(seed + step, tensors);
                  }
                  return new InnerOptimizer.Sgd(new StepSizes.PerTensorPerStep(table));
                }),
        Combinators.combine(rates, betas, betas, rates)
            .as((rate, b1, b2, epsilon) -> new InnerOptimizer.Adam(rate, b1, b2, epsilon, null)));
  }

  private static Arbitrary<Batching> batchings() {
    return Arbitraries.integers()
        .between(0, 30)
        .map(size -> size == 0 ? new Batching.Full() : new Batching.Mini(size));
  }

  private static Arbitrary<NormalizationMode> normalizations() {
    return Arbitraries.of(NormalizationMode.class);
  }

  private static Arbitrary<Version.Labels> labels() {
    return Combinators.combine(
            Arbitraries.of(LabelSpace.class), Arbitraries.strings().ofMaxLength(8).list())
        .as(
            (space, names) ->
                new Version.Labels(space, space == LabelSpace.GLOBAL ? names : List.of()));
  }

  /** Known metrics and unknown ones: whoever does not know a metric leaves it alone. */
  private static Arbitrary<Map<String, Double>> metrics() {
    Arbitrary<String> keys =
        Arbitraries.oneOf(
            Arbitraries.of(Metric.PREQUENTIAL.key(), Metric.RETAINED.key()),
            Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8));
    return Arbitraries.maps(keys, Arbitraries.doubles()).ofMaxSize(4);
  }

  private static Version version(
      Adapted adapted,
      long number,
      long at,
      Version.Labels labels,
      Map<String, Double> metrics,
      int scaled) {
    NetworkSpec network = adapted.network();
    int inputs = network.input().size();
    int outputs = network.outputs();
    return new Version(
        new Version.Name("m", number, Instant.ofEpochMilli(at)),
        network,
        labels,
        adapted.adaptation(),
        new Version.Weights(
            numbers(at, network.layout().length()),
            scale(scaled % 2 == 1, inputs, false),
            scale(scaled / 2 == 1, outputs, true)),
        metrics,
        new Lineage(
            number % 2 == 0 ? null : "before",
            List.of(new PartitionOffset(0, at), new PartitionOffset(1, number)),
            at,
            number,
            -at,
            Map.of("settings", "all"),
            Map.of("Task", "0123"),
            "fused",
            "0.1",
            "17",
            "amd64"));
  }

  private static @Nullable Scale scale(boolean there, int columns, boolean targets) {
    if (!there) {
      return null;
    }
    return targets
        ? Scale.ofTargets(numbers(5, columns), numbers(6, columns))
        : Scale.ofInputs(numbers(7, columns), numbers(8, columns));
  }

  private static float[] numbers(long seed, int count) {
    RandomStream random = new RandomStream(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextDouble() - 0.25f;
    }
    return numbers;
  }
}
