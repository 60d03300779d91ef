package io.engram.engine;

import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.compute.episode.Capabilities;
import io.engram.core.compute.episode.Capabilities.Feature;
import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.HeadFit;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.InnerOptimizer.Adam;
import io.engram.core.compute.episode.InnerOptimizer.ClosedForm;
import io.engram.core.compute.episode.InnerOptimizer.Sgd;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.network.Head;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterLayout;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.List;
import java.util.Optional;

/** Checks what comes through the port against a network, with the same words in every engine. */
public final class Arguments {

  private final NetworkSpec network;
  private final Capabilities capabilities;
  private final ParameterLayout layout;
  private final int inputs;
  private final int outputs;

  /** Of a program of an engine with these capabilities. */
  public Arguments(NetworkSpec network, Capabilities capabilities) {
    this.network = network;
    this.capabilities = capabilities;
    this.layout = network.layout();
    this.inputs = network.input().size();
    this.outputs = network.outputs();
  }

  /** The network's layout, made once. */
  public ParameterLayout layout() {
    return layout;
  }

  /** For {@link io.engram.core.compute.episode.MetaProgram#adapt}. */
  public void checkAdapt(float[] theta, List<Episode> episodes, InnerLoop loop, float[][] adapted) {
    length("θ", theta);
    loop(loop);
    rows("adapted", adapted, episodes.size());
    for (int i = 0; i < episodes.size(); i++) {
      set(i, "support", episodes.get(i).support());
    }
  }

  /** For {@link io.engram.core.compute.episode.MetaProgram#evaluate}. */
  public void checkEvaluate(float[][] adapted, List<Episode> episodes, List<Evaluation> results) {
    rows("adapted", adapted, episodes.size());
    if (results.size() < episodes.size()) {
      throw new IllegalArgumentException(
          "%d episodes need as many results, found %d".formatted(episodes.size(), results.size()));
    }
    for (int i = 0; i < episodes.size(); i++) {
      set(i, "support", episodes.get(i).support());
      set(i, "query", episodes.get(i).query());
    }
  }

  /** For {@link io.engram.core.compute.episode.MetaProgram#metaGradient}. */
  public void checkMetaGradient(
      float[] theta, List<Episode> episodes, MetaObjective objective, MetaGradient gradient) {
    InnerLoop loop = objective.loop();
    MetaRule rule = objective.rule();
    float[] weights = objective.stepWeights();
    if (weights != null) {
      stepWeights(loop, rule, weights);
    }
    length("θ", theta);
    length("the gradient's parameters", gradient.parameters());
    loop(loop);
    if (rule == MetaRule.SECOND_ORDER && loop.optimizer() instanceof Adam) {
      throw new UnsupportedNetworkException(
          "exact second order through an Adam inner loop is not available; use an SGD inner loop, or FIRST_ORDER or REPTILE"
              + " with Adam");
    }
    if (loop.optimizer() instanceof ClosedForm && rule != MetaRule.SECOND_ORDER) {
      throw new UnsupportedNetworkException(
          "the gradient through a head in closed form is exact; %s is not taken of it, use SECOND_ORDER"
              .formatted(rule));
    }
    stepSizes(loop, rule, gradient);
    if (gradient.moments() != null && !(loop.optimizer() instanceof Adam)) {
      throw new UnsupportedNetworkException(
          "the moments after the batch were asked for, but the inner loop keeps none; only Adam does");
    }
    for (int i = 0; i < episodes.size(); i++) {
      set(i, "support", episodes.get(i).support());
      set(i, "query", episodes.get(i).query());
      if (rule != MetaRule.REPTILE && episodes.get(i).query().size() == 0) {
        throw new IllegalArgumentException(
            "episode %d has no query examples, but %s takes its gradient there; only REPTILE can do without"
                .formatted(i, rule));
      }
    }
  }

  private static void stepWeights(InnerLoop loop, MetaRule rule, float[] weights) {
    if (rule == MetaRule.REPTILE) {
      throw new UnsupportedNetworkException(
          "REPTILE has no query loss to weigh; use FIRST_ORDER or SECOND_ORDER");
    }
    if (loop.optimizer() instanceof ClosedForm) {
      throw new UnsupportedNetworkException(
          "a head in closed form is found in one step: there is no multi-step loss");
    }
    if (weights.length == 0 || weights.length != loop.steps()) {
      throw new IllegalArgumentException(
          "a multi-step loss needs one weight for each of at least one inner step, found %d weights for %d steps"
              .formatted(weights.length, loop.steps()));
    }
  }

  private void loop(InnerLoop loop) {
    InnerOptimizer optimizer = loop.optimizer();
    if (optimizer instanceof Sgd sgd) {
      if (sgd.stepSizes() instanceof StepSizes.PerParameter sizes) {
        length("the step sizes", sizes.values());
      } else if (sgd.stepSizes() instanceof StepSizes.PerTensorPerStep table) {
        for (int k = 0; k < loop.steps(); k++) {
          if (table.values()[k].length != layout.tensors().size()) {
            throw new IllegalArgumentException(
                "step %d has %d step sizes, expected one for each of the %d tensors of %s"
                    .formatted(k, table.values()[k].length, layout.tensors().size(), network));
          }
        }
      }
    } else if (optimizer instanceof Adam adam && adam.start() != null) {
      length("Adam's first moments", adam.start().first());
      length("Adam's second moments", adam.start().second());
    } else if (optimizer instanceof ClosedForm closed) {
      closedForm(closed.fit());
    }
  }

  private void closedForm(HeadFit fit) {
    if (!capabilities.offers(Feature.CLOSED_FORM_HEADS)) {
      throw new UnsupportedNetworkException(
          "this engine fits no head in closed form (%s); use the engine fused".formatted(fit));
    }
    Optional<String> misfit = fit.misfit(network);
    if (misfit.isPresent()) {
      throw new UnsupportedNetworkException(misfit.get());
    }
  }

  private void stepSizes(InnerLoop loop, MetaRule rule, MetaGradient gradient) {
    float[] alpha = gradient.stepSizes();
    if (alpha == null) {
      return;
    }
    if (rule == MetaRule.REPTILE || !(loop.optimizer() instanceof Sgd sgd)) {
      throw new UnsupportedNetworkException(
          "no gradient of step sizes exists for %s with %s; learn them with FIRST_ORDER or SECOND_ORDER and an SGD inner loop"
              .formatted(rule, loop.optimizer().getClass().getSimpleName()));
    }
    int expected = 1;
    if (sgd.stepSizes() instanceof StepSizes.PerParameter) {
      expected = layout.length();
    } else if (sgd.stepSizes() instanceof StepSizes.PerTensorPerStep table) {
      expected = table.values().length * layout.tensors().size();
    }
    if (alpha.length != expected) {
      throw new IllegalArgumentException(
          "the gradient has room for %d step sizes, but the inner loop has %d"
              .formatted(alpha.length, expected));
    }
  }

  private void set(int episode, String what, ExampleSet set) {
    if (set.inputSize() != inputs) {
      throw new IllegalArgumentException(
          "episode %d: its %s examples have %d inputs, the network %s takes %d"
              .formatted(episode, what, set.inputSize(), network, inputs));
    }
    if (network.head() == Head.SOFTMAX_CROSS_ENTROPY) {
      if (!(set.targets() instanceof Targets.Classes classes)) {
        throw new IllegalArgumentException(
            "episode %d: its %s targets are values, but a softmax head needs classes"
                .formatted(episode, what));
      }
      if (classes.ways() > outputs) {
        throw new IllegalArgumentException(
            "episode %d: its %s set has %d classes, the network only %d outputs"
                .formatted(episode, what, classes.ways(), outputs));
      }
    } else if (!(set.targets() instanceof Targets.Values values)) {
      throw new IllegalArgumentException(
          "episode %d: its %s targets are classes, but a squared-error head needs values"
              .formatted(episode, what));
    } else if (values.width() != outputs) {
      throw new IllegalArgumentException(
          "episode %d: its %s targets are %d values wide, the network has %d outputs"
              .formatted(episode, what, values.width(), outputs));
    }
  }

  private void rows(String what, float[][] rows, int episodes) {
    if (rows.length < episodes) {
      throw new IllegalArgumentException(
          "%d episodes need as many rows of %s, found %d".formatted(episodes, what, rows.length));
    }
    for (int i = 0; i < episodes; i++) {
      length(what, rows[i]);
    }
  }

  private void length(String what, float[] vector) {
    if (vector.length != layout.length()) {
      throw new IllegalArgumentException(
          "%s: found %d floats, expected the %d parameters of %s"
              .formatted(what, vector.length, layout.length(), network));
    }
  }
}
