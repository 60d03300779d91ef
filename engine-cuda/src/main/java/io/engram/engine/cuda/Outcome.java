package io.engram.engine.cuda;

import io.engram.core.compute.episode.InnerOptimizer.AdamMoments;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.engine.cuda.device.Command;
import io.engram.engine.cuda.device.Device;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.jspecify.annotations.Nullable;

/** What a meta-batch gives, on both sides. */
final class Outcome implements AutoCloseable {

  private final Staging staging;
  private final Staging.Place mean;
  private final Staging.Place meanAlpha;
  private final Staging.Place first;
  private final Staging.Place second;
  private final Staging.Place losses;
  private final Staging.Place flags;

  Outcome(Circuit circuit, MetaShape shape, @Nullable Device device) {
    this.staging = new Staging(device);
    this.mean = staging.reserve(circuit.parameters());
    this.meanAlpha = staging.reserve(shape.alphas());
    this.first = staging.reserve(shape.moments() ? circuit.parameters() : 0);
    this.second = staging.reserve(shape.moments() ? circuit.parameters() : 0);
    this.losses = staging.reserve(shape.episodes());
    this.flags = staging.reserve(shape.episodes());
    staging.make();
  }

  long bytes() {
    return staging.bytes();
  }

  Command download() {
    return staging.download();
  }

  /** [parameters] ∂θ. */
  long mean() {
    return mean.address();
  }

  /** [step sizes] ∂α. */
  long meanAlpha() {
    return meanAlpha.address();
  }

  /** [parameters] m after the batch. */
  long first() {
    return first.address();
  }

  /** [parameters] v after the batch. */
  long second() {
    return second.address();
  }

  /** [slots] losses. */
  Rows losses() {
    return new Rows(losses.address(), 1);
  }

  /** [slots] 1 where an episode was not finite, as ints. */
  Rows flags() {
    return new Rows(flags.address(), 1);
  }

  /** The losses' host side. */
  FloatBuffer lossValues() {
    return losses.floats();
  }

  /** The flags' host side. */
  IntBuffer flagValues() {
    return flags.ints();
  }

  /** Takes everything over. */
  void store(Groups groups, MetaGradient gradient) {
    gradient.begin(groups.slots().length);
    FloatBuffer loss = losses.floats();
    IntBuffer bad = flags.ints();
    for (int i = 0; i < groups.slots().length; i++) {
      int slot = groups.slots()[i];
      gradient.record(i, loss.get(slot), bad.get(slot) == 0);
    }
    mean.floats().get(gradient.parameters());
    float[] stepSizes = gradient.stepSizes();
    if (stepSizes != null) {
      meanAlpha.floats().get(stepSizes);
    }
    AdamMoments moments = gradient.moments();
    if (moments != null) {
      first.floats().get(moments.first());
      second.floats().get(moments.second());
    }
  }

  @Override
  public void close() {
    staging.close();
  }
}
