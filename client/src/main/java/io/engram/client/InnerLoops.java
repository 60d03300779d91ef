package io.engram.client;

import io.engram.core.compute.InnerLoop;
import io.engram.core.compute.InnerOptimizer;
import io.engram.core.compute.StepSizes;
import io.engram.core.network.NetworkSpec;
import io.engram.schemas.avro.Adaptation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The inner loop that a version's manifest asks for. */
final class InnerLoops {

  static final String STEP_SIZES = "stepSizes";

  private static final Pattern OPTIMIZER = Pattern.compile("(sgd|adam)\\(([^)]*)\\)");
  private static final float ADAM_EPSILON = 1e-8f;

  private InnerLoops() {}

  /**
   * Reads a manifest's adaptation.
   *
   * @param tensors the version's tensors; learned step sizes are among them
   * @throws IncompatibleModelException if this program does not know what is asked for
   */
  static InnerLoop of(Adaptation adaptation, NetworkSpec network, Map<String, float[]> tensors) {
    try {
      return new InnerLoop(
          adaptation.getSteps(),
          optimizer(adaptation, network, tensors),
          adaptation.getBatchSize() == 0
              ? new InnerLoop.Batching.Full()
              : new InnerLoop.Batching.Mini(adaptation.getBatchSize()),
          InnerLoop.Scope.valueOf(adaptation.getScope()));
    } catch (IllegalArgumentException e) {
      throw new IncompatibleModelException(
          "its adaptation %s is not known here; update this program: %s"
              .formatted(adaptation, e.getMessage()),
          e);
    }
  }

  private static InnerOptimizer optimizer(
      Adaptation adaptation, NetworkSpec network, Map<String, float[]> tensors) {
    Matcher matcher = OPTIMIZER.matcher(adaptation.getOptimizer());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("optimizer " + adaptation.getOptimizer());
    }
    List<String> arguments = List.of(matcher.group(2).split(",", -1));
    if (matcher.group(1).equals("adam")) {
      return adam(arguments);
    }
    return new InnerOptimizer.Sgd(
        switch (matcher.group(2)) {
          case "per-parameter" ->
              new StepSizes.PerParameter(learned(tensors, network.layout().length()));
          case "per-tensor-per-step" ->
              perStep(
                  learned(tensors, adaptation.getSteps() * network.layout().tensors().size()),
                  adaptation.getSteps());
          default -> new StepSizes.Uniform(Float.parseFloat(matcher.group(2)));
        });
  }

  private static InnerOptimizer adam(List<String> arguments) {
    if (arguments.size() < 3 || arguments.size() > 4) {
      throw new IllegalArgumentException("adam takes 3 or 4 numbers, found " + arguments);
    }
    float epsilon = arguments.size() == 4 ? Float.parseFloat(arguments.get(3)) : ADAM_EPSILON;
    return new InnerOptimizer.Adam(
        Float.parseFloat(arguments.get(0)),
        Float.parseFloat(arguments.get(1)),
        Float.parseFloat(arguments.get(2)),
        epsilon,
        null);
  }

  private static float[] learned(Map<String, float[]> tensors, int expected) {
    float[] found = tensors.get(STEP_SIZES);
    if (found == null || found.length != expected) {
      throw new IllegalArgumentException(
          "learned step sizes need a tensor '%s' of %d numbers, found %s"
              .formatted(STEP_SIZES, expected, found == null ? "none" : found.length));
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
}
