package io.engram.engine;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Scope;
import io.engram.core.compute.episode.InnerOptimizer.Adam;
import io.engram.core.compute.episode.InnerOptimizer.AdamMoments;
import io.engram.core.compute.episode.InnerOptimizer.Sgd;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterTensor;
import java.util.List;

/** One step of an inner loop on flat parameters in the port's order; made anew for each episode. */
public final class InnerStep {

  private final InnerLoop loop;
  private final List<ParameterTensor> tensors;
  private final int headLayer;
  private final float[] first;
  private final float[] second;
  private final long start;

  public InnerStep(NetworkSpec network, InnerLoop loop) {
    this.loop = loop;
    this.tensors = network.layout().tensors();
    this.headLayer = tensors.get(tensors.size() - 1).layer();
    AdamMoments moments = loop.optimizer() instanceof Adam adam ? adam.start() : null;
    int length = network.layout().length();
    this.first = moments == null ? new float[length] : moments.first().clone();
    this.second = moments == null ? new float[length] : moments.second().clone();
    this.start = moments == null ? 0 : moments.steps();
  }

  /** Moves {@code phi} by step {@code k}, from 0. */
  public void apply(int k, float[] gradient, float[] phi) {
    for (int t = 0; t < tensors.size(); t++) {
      ParameterTensor tensor = tensors.get(t);
      if (tensor.role().trainable() && (loop.scope() == Scope.ALL || tensor.layer() == headLayer)) {
        for (int i = tensor.offset(); i < tensor.end(); i++) {
          phi[i] -= change(k, t, i, gradient[i]);
        }
      }
    }
  }

  /** [parameters] m after the steps taken; as at the start where nothing moves. */
  float[] first() {
    return first;
  }

  /** [parameters] v after the steps taken. */
  float[] second() {
    return second;
  }

  /** Whether the moments are finite. */
  public boolean finite() {
    return finite(first) && finite(second);
  }

  private float change(int k, int tensor, int i, float g) {
    if (loop.optimizer() instanceof Adam adam) {
      double t = start + k + 1.0;
      first[i] = adam.beta1() * first[i] + (1 - adam.beta1()) * g;
      second[i] = adam.beta2() * second[i] + (1 - adam.beta2()) * g * g;
      double m = first[i] / (1 - Math.pow(adam.beta1(), t));
      double v = second[i] / (1 - Math.pow(adam.beta2(), t));
      return (float) (adam.stepSize() * m / (Math.sqrt(v) + adam.epsilon()));
    }
    StepSizes sizes = ((Sgd) loop.optimizer()).stepSizes();
    if (sizes instanceof StepSizes.Uniform uniform) {
      return uniform.value() * g;
    }
    if (sizes instanceof StepSizes.PerTensorPerStep table) {
      return table.values()[k][tensor] * g;
    }
    return ((StepSizes.PerParameter) sizes).values()[i] * g;
  }

  /** Whether all numbers are finite. */
  public static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
