package io.engram.engine.reference;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching.Mini;
import io.engram.core.compute.episode.InnerOptimizer.Adam;
import io.engram.core.compute.episode.InnerOptimizer.AdamMoments;
import io.engram.core.compute.episode.InnerOptimizer.ClosedForm;
import io.engram.core.compute.episode.InnerOptimizer.Sgd;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterTensor;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.engine.ExampleSets;
import io.engram.engine.MiniBatches;
import java.util.Arrays;
import java.util.List;

/** The inner loop in double precision, and the loss it ends with as a function of θ and α. */
public final class ReferenceLearner {

  private final ReferenceNetwork reference;
  private final ReferenceHead head;
  private final List<ParameterTensor> tensors;

  /** The number of each parameter's tensor: asked for at every parameter of every step. */
  private final int[] tensorOf;

  public ReferenceLearner(NetworkSpec network) {
    this.reference = new ReferenceNetwork(network);
    this.head = new ReferenceHead(network);
    this.tensors = network.layout().tensors();
    this.tensorOf = new int[network.layout().length()];
    for (int t = 0; t < tensors.size(); t++) {
      Arrays.fill(tensorOf, tensors.get(t).offset(), tensors.get(t).end(), t);
    }
  }

  public ReferenceNetwork network() {
    return reference;
  }

  /** L_query(φ_K(θ)). */
  public double metaLoss(double[] theta, Episode episode, InnerLoop loop) {
    return reference.loss(adapt(theta, episode, loop), episode.query());
  }

  /** Same with flat step sizes in place of the loop's own: [1], [steps × tensors] or [parameters]. */
  public double metaLoss(double[] theta, Episode episode, InnerLoop loop, double[] alpha) {
    return reference.loss(adapt(theta, episode, loop, alpha), episode.query());
  }

  /** Σ_k weights[k]·L_query(φ_{k+1}) with flat step sizes in place of the loop's own. */
  public double multiStepLoss(
      double[] theta, Episode episode, InnerLoop loop, double[] alpha, float[] weights) {
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      sum += weights[k] * metaLoss(theta, episode, loop.withSteps(k + 1), alpha);
    }
    return sum;
  }

  /** φ_K(θ). */
  public double[] adapt(double[] theta, Episode episode, InnerLoop loop) {
    return adapt(
        theta, episode, loop, loop.optimizer() instanceof Sgd sgd ? flat(sgd) : new double[0]);
  }

  /** Adam's m and v after the inner loop. */
  public double[][] moments(double[] theta, Episode episode, InnerLoop loop) {
    double[][] moments = new double[2][theta.length];
    adapt(theta, episode, loop, new double[0], moments[0], moments[1]);
    return moments;
  }

  private double[] adapt(double[] theta, Episode episode, InnerLoop loop, double[] alpha) {
    return adapt(theta, episode, loop, alpha, new double[theta.length], new double[theta.length]);
  }

  private double[] adapt(
      double[] theta, Episode episode, InnerLoop loop, double[] alpha, double[] m, double[] v) {
    if (loop.optimizer() instanceof ClosedForm closed && loop.steps() > 0) {
      return head.fit(closed.fit(), theta, episode.support());
    }
    double[] phi = theta.clone();
    long t = start(loop, m, v);
    MiniBatches draw = new MiniBatches();
    draw.start(episode.support().size(), episode.seed());
    for (int k = 0; k < loop.steps(); k++) {
      ExampleSet batch =
          loop.batching() instanceof Mini mini
              ? ExampleSets.next(episode.support(), draw, mini.size())
              : episode.support();
      double[] g = reference.gradient(phi, batch);
      t++;
      for (int i = 0; i < phi.length; i++) {
        if (!moves(loop, i)) {
          continue;
        }
        if (loop.optimizer() instanceof Adam adam) {
          m[i] = adam.beta1() * m[i] + (1 - adam.beta1()) * g[i];
          v[i] = adam.beta2() * v[i] + (1 - adam.beta2()) * g[i] * g[i];
          double first = m[i] / (1 - Math.pow(adam.beta1(), (double) t));
          double second = v[i] / (1 - Math.pow(adam.beta2(), (double) t));
          phi[i] -= adam.stepSize() * first / (Math.sqrt(second) + adam.epsilon());
        } else {
          phi[i] -= stepSize((Sgd) loop.optimizer(), alpha, k, i) * g[i];
        }
      }
    }
    return phi;
  }

  private static long start(InnerLoop loop, double[] m, double[] v) {
    AdamMoments start = loop.optimizer() instanceof Adam adam ? adam.start() : null;
    if (start == null) {
      return 0;
    }
    for (int i = 0; i < m.length; i++) {
      m[i] = start.first()[i];
      v[i] = start.second()[i];
    }
    return start.steps();
  }

  private double stepSize(Sgd sgd, double[] alpha, int step, int parameter) {
    if (sgd.stepSizes() instanceof StepSizes.Uniform) {
      return alpha[0];
    }
    if (sgd.stepSizes() instanceof StepSizes.PerParameter) {
      return alpha[parameter];
    }
    return alpha[step * tensors.size() + tensorOf[parameter]];
  }

  private boolean moves(InnerLoop loop, int parameter) {
    ParameterTensor tensor = tensors.get(tensorOf[parameter]);
    return tensor.role().trainable()
        && (loop.scope() == InnerLoop.Scope.ALL
            || tensor.layer() == tensors.get(tensors.size() - 1).layer());
  }

  /** The loop's own step sizes, flat. */
  public static double[] flat(Sgd sgd) {
    if (sgd.stepSizes() instanceof StepSizes.Uniform uniform) {
      return new double[] {uniform.value()};
    }
    if (sgd.stepSizes() instanceof StepSizes.PerParameter sizes) {
      return widen(sizes.values());
    }
    float[][] table = ((StepSizes.PerTensorPerStep) sgd.stepSizes()).values();
    double[] flat = new double[table.length * table[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = table[i / table[0].length][i % table[0].length];
    }
    return flat;
  }

  /** The same numbers in double precision. */
  public static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
