package io.engram.engine.cuda;

import io.engram.core.meta.MetaState;
import io.engram.core.meta.OuterOptimizer;
import io.engram.engine.cuda.device.Command;
import io.engram.engine.cuda.device.Device;
import io.engram.engine.cuda.device.ParameterBlock;

/** θ and the outer optimiser's memory on the card, and the step that moves them there. */
final class ResidentState implements AutoCloseable {

  private static final int BEGIN_THREADS = 256;

  private final int parameters;
  private final Staging staging;
  private final Staging.Place theta;
  private final Staging.Place first;
  private final Staging.Place second;
  private final Staging.Place moved;

  ResidentState(MetaState start, Device device) {
    this.parameters = start.theta().length;
    this.staging = new Staging(device);
    this.theta = staging.reserve(parameters);
    this.first = staging.reserve(parameters);
    this.second = staging.reserve(parameters);
    this.moved = staging.reserve(1);
    staging.make();
    theta.floats().put(start.theta());
    first.floats().put(start.moments().first());
    second.floats().put(start.moments().second());
    moved.ints().put(0, Math.toIntExact(start.moments().steps()));
  }

  Rows theta() {
    return Rows.shared(theta.address());
  }

  Command upload() {
    return staging.upload();
  }

  Command download() {
    return staging.download();
  }

  /** Records one step down a gradient. */
  void record(
      Recording to,
      OuterOptimizer outer,
      double clip,
      long gradient,
      long count,
      long stepSize,
      long work) {
    ParameterBlock block =
        new ParameterBlock()
            .pointer(theta.address())
            .pointer(gradient)
            .pointer(first.address())
            .pointer(second.address())
            .pointer(moved.address())
            .pointer(count)
            .pointer(stepSize)
            .pointer(work);
    if (outer instanceof OuterOptimizer.Adam adam) {
      block
          .flag(true)
          .number(parameters)
          .real(adam.beta1())
          .real(adam.beta2())
          .real(adam.epsilon());
    } else {
      block.flag(false).number(parameters).real(0f).real(0f).real(0f);
    }
    block.real((float) clip);
    to.launch("outer_begin", 1, BEGIN_THREADS, 0, block);
    to.sweep("outer_step", 1, parameters, block);
  }

  /** Takes over what was downloaded. */
  void store(MetaState into, long updates) {
    float[] newTheta = new float[parameters];
    float[] m = new float[parameters];
    float[] v = new float[parameters];
    theta.floats().get(newTheta);
    first.floats().get(m);
    second.floats().get(v);
    into.set(newTheta, m, v, moved.ints().get(0), updates);
  }

  @Override
  public void close() {
    staging.close();
  }
}
