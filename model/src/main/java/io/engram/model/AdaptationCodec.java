package io.engram.model;

import io.engram.core.compute.episode.HeadFit;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.network.NetworkSpec;
import io.engram.core.tables.TableModel;
import io.engram.core.tables.TableShape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a version is adapted, to a manifest's words and from them. Learned step sizes are a tensor beside it. */
final class AdaptationCodec {

  private static final String SGD = "sgd";
  private static final String ADAM = "adam";
  private static final String TABLE = "table";
  private static final String PER_PARAMETER = "per-parameter";
  private static final String PER_TENSOR_PER_STEP = "per-tensor-per-step";
  private static final Pattern OPTIMIZER = Pattern.compile("([a-z-]+)\\(([^)]*)\\)");
  private static final float ADAM_EPSILON = 1e-8f;

  private AdaptationCodec() {}

  static io.engram.schemas.avro.Adaptation encode(Adaptation adaptation) {
    InnerLoop loop = adaptation.loop();
    return new io.engram.schemas.avro.Adaptation(
        loop.steps(),
        adaptation instanceof Adaptation.ByTable ? TABLE : encode(loop.optimizer()),
        loop.batching() instanceof Batching.Mini mini ? mini.size() : 0,
        loop.scope().name(),
        adaptation.normalization().name());
  }

  /** What of an adaptation is a tensor: learned step sizes, or a model of tables; for {@link #decode} to find. */
  static void encodeTensors(Adaptation adaptation, TensorTable tensors) {
    if (adaptation instanceof Adaptation.ByTable table) {
      tensors.add(VersionTensor.TABLE, table.model().flat());
      return;
    }
    InnerLoop loop = adaptation.loop();
    if (!(loop.optimizer() instanceof InnerOptimizer.Sgd sgd)) {
      return;
    }
    if (sgd.stepSizes() instanceof StepSizes.PerParameter each) {
      tensors.add(VersionTensor.STEP_SIZES, each.values());
    } else if (sgd.stepSizes() instanceof StepSizes.PerTensorPerStep table) {
      float[] flat = flat(table.values());
      int steps = loop.steps();
      tensors.add(VersionTensor.STEP_SIZES, flat, steps, flat.length / Math.max(1, steps));
    }
  }

  /**
   * Reads a manifest's adaptation.
   *
   * @param tensors the version's tensors; learned step sizes are among them
   * @throws IllegalArgumentException if this program does not know what is asked for; says what it knows
   */
  static Adaptation decode(
      io.engram.schemas.avro.Adaptation wire,
      NetworkSpec network,
      Map<VersionTensor, float[]> tensors) {
    SoundAdaptation.requireNumbers(wire);
    if (wire.getOptimizer().equals(TABLE)) {
      SoundAdaptation.requireTable(network);
      return new Adaptation.ByTable(table(network, tensors));
    }
    InnerLoop loop =
        new InnerLoop(
            wire.getSteps(),
            optimizer(wire, network, tensors),
            wire.getBatchSize() == 0 ? new Batching.Full() : new Batching.Mini(wire.getBatchSize()),
            word(InnerLoop.Scope.class, "scope", wire.getScope()));
    SoundAdaptation.require(loop, network);
    return Adaptation.by(
        loop, word(NormalizationMode.class, "normalization", wire.getNormalization()));
  }

  private static TableModel table(NetworkSpec network, Map<VersionTensor, float[]> tensors) {
    float[] found = tensors.get(VersionTensor.TABLE);
    if (found == null) {
      throw new IllegalArgumentException(
          "a model of tables needs a tensor '%s', found none"
              .formatted(VersionTensor.TABLE.wireName()));
    }
    return TableModel.of(TableShape.of(network), found);
  }

  private static String encode(InnerOptimizer optimizer) {
    if (optimizer instanceof InnerOptimizer.Adam adam) {
      return call(
          ADAM,
          "%s,%s,%s,%s".formatted(adam.stepSize(), adam.beta1(), adam.beta2(), adam.epsilon()));
    }
    if (optimizer instanceof InnerOptimizer.Sgd sgd) {
      return call(SGD, encode(sgd.stepSizes()));
    }
    if (optimizer instanceof InnerOptimizer.ClosedForm closed) {
      return HeadFitCodec.encode(closed.fit());
    }
    throw new IllegalArgumentException("the wire has no word for the optimiser " + optimizer);
  }

  private static String encode(StepSizes stepSizes) {
    if (stepSizes instanceof StepSizes.Uniform uniform) {
      return String.valueOf(uniform.value());
    }
    if (stepSizes instanceof StepSizes.PerParameter) {
      return PER_PARAMETER;
    }
    if (stepSizes instanceof StepSizes.PerTensorPerStep) {
      return PER_TENSOR_PER_STEP;
    }
    throw new IllegalArgumentException("the wire has no word for the step sizes " + stepSizes);
  }

  private static String call(String name, String arguments) {
    return name + "(" + arguments + ")";
  }

  private static InnerOptimizer optimizer(
      io.engram.schemas.avro.Adaptation wire,
      NetworkSpec network,
      Map<VersionTensor, float[]> tensors) {
    Optional<HeadFit> head = HeadFitCodec.decode(wire.getOptimizer());
    if (head.isPresent()) {
      return new InnerOptimizer.ClosedForm(head.get());
    }
    Matcher matcher = OPTIMIZER.matcher(wire.getOptimizer());
    String name = matcher.matches() ? matcher.group(1) : "";
    return switch (name) {
      case SGD -> sgd(matcher.group(2), wire.getSteps(), network, tensors);
      case ADAM -> adam(List.of(matcher.group(2).split(",", -1)));
      default ->
          throw new IllegalArgumentException(
              "the way to adapt '%s' is unknown; known: sgd(step size), sgd(%s), sgd(%s), adam(step size,β₁,β₂[,ε]), %s, %s"
                  .formatted(
                      wire.getOptimizer(),
                      PER_PARAMETER,
                      PER_TENSOR_PER_STEP,
                      HeadFitCodec.KNOWN,
                      TABLE));
    };
  }

  private static InnerOptimizer sgd(
      String stepSizes, int steps, NetworkSpec network, Map<VersionTensor, float[]> tensors) {
    return new InnerOptimizer.Sgd(
        switch (stepSizes) {
          case PER_PARAMETER ->
              new StepSizes.PerParameter(learned(tensors, network.layout().length()));
          case PER_TENSOR_PER_STEP ->
              perStep(learned(tensors, steps * network.layout().tensors().size()), steps);
          default -> new StepSizes.Uniform(number(stepSizes));
        });
  }

  private static InnerOptimizer adam(List<String> arguments) {
    if (arguments.size() < 3 || arguments.size() > 4) {
      throw new IllegalArgumentException("adam takes 3 or 4 numbers, found " + arguments);
    }
    float epsilon = arguments.size() == 4 ? number(arguments.get(3)) : ADAM_EPSILON;
    return new InnerOptimizer.Adam(
        number(arguments.get(0)),
        number(arguments.get(1)),
        number(arguments.get(2)),
        epsilon,
        null);
  }

  static float number(String text) {
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' is no number".formatted(text), e);
    }
  }

  private static <E extends Enum<E>> E word(Class<E> type, String what, String found) {
    return Arrays.stream(type.getEnumConstants())
        .filter(it -> it.name().equals(found))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the %s '%s' is unknown; known: %s"
                        .formatted(what, found, Arrays.toString(type.getEnumConstants()))));
  }

  private static float[] learned(Map<VersionTensor, float[]> tensors, int expected) {
    float[] found = tensors.get(VersionTensor.STEP_SIZES);
    if (found == null || found.length != expected) {
      throw new IllegalArgumentException(
          "learned step sizes need a tensor '%s' of %d numbers, found %s"
              .formatted(
                  VersionTensor.STEP_SIZES.wireName(),
                  expected,
                  found == null ? "none" : found.length));
    }
    return found;
  }

  private static StepSizes perStep(float[] flat, int steps) {
    int tensors = steps == 0 ? 0 : flat.length / steps;
    float[][] table = new float[steps][];
    for (int step = 0; step < steps; step++) {
      table[step] = Arrays.copyOfRange(flat, step * tensors, (step + 1) * tensors);
    }
    return new StepSizes.PerTensorPerStep(table);
  }

  private static float[] flat(float[][] table) {
    int length = 0;
    for (float[] row : table) {
      length += row.length;
    }
    float[] flat = new float[length];
    int at = 0;
    for (float[] row : table) {
      System.arraycopy(row, 0, flat, at, row.length);
      at += row.length;
    }
    return flat;
  }
}
