package io.engram.engine.cuda;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.InnerOptimizer.Adam;
import io.engram.core.compute.episode.InnerOptimizer.Sgd;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.network.ParameterTensor;
import io.engram.engine.cuda.device.Command;
import io.engram.engine.cuda.device.Device;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers of an inner loop on their way to the card: θ, step sizes, what moves, Adam's moments. */
final class LoopData implements AutoCloseable {

  private final Circuit circuit;
  private final Loop loop;
  private final Staging staging;
  private final @Nullable Rows elsewhere;
  private final Staging.Place theta;
  private final Staging.Place steps;
  private final Staging.Place moves;
  private final Staging.Place tensorSteps;
  private final Staging.@Nullable Place first;
  private final Staging.@Nullable Place second;
  private final Staging.@Nullable Place corrections;
  private final float[] vector;

  /** With θ of its own. */
  LoopData(Circuit circuit, Loop loop, @Nullable Device device) {
    this(circuit, loop, device, null);
  }

  /**
   * With θ where it lies.
   *
   * @param elsewhere θ's place, or null for one here
   */
  LoopData(Circuit circuit, Loop loop, @Nullable Device device, @Nullable Rows elsewhere) {
    this.circuit = circuit;
    this.staging = new Staging(device);
    this.loop = loop;
    int parameters = circuit.parameters();
    this.elsewhere = elsewhere;
    this.theta = staging.reserve(elsewhere == null ? parameters : 0);
    this.steps = staging.reserve((long) loop.stepTables() * parameters);
    this.moves = staging.reserve(parameters);
    this.tensorSteps =
        staging.reserve((long) (loop.steps() + 1) * circuit.layout().tensors().size());
    boolean adam = loop.adam() != null;
    this.first = adam ? staging.reserve(parameters) : null;
    this.second = adam ? staging.reserve(parameters) : null;
    this.corrections = adam ? staging.reserve(2L * Math.max(1, loop.steps())) : null;
    this.vector = new float[parameters];
    staging.make();
  }

  Rows theta() {
    return elsewhere == null ? Rows.shared(theta.address()) : elsewhere;
  }

  long bytes() {
    return staging.bytes();
  }

  Command upload() {
    return staging.upload();
  }

  /** [steps, tensors] where there is one step size for each tensor. */
  long tensorSteps() {
    return tensorSteps.address();
  }

  /** Where the step sizes of step {@code k} lie, [parameters], zero where nothing moves. */
  long steps(int k) {
    return steps.address() + (loop.stepTables() == 1 ? 0 : 4L * k * circuit.parameters());
  }

  /** 1 where the inner loop moves parameters, else 0. */
  long moves() {
    return moves.address();
  }

  Rows first() {
    return first == null ? Rows.NONE : Rows.shared(first.address());
  }

  Rows second() {
    return second == null ? Rows.NONE : Rows.shared(second.address());
  }

  long corrections(int k) {
    return corrections == null ? 0 : corrections.address() + 8L * k;
  }

  /** Writes the numbers for the next run. */
  void put(float[] newTheta, InnerLoop values) {
    theta.floats().put(newTheta);
    putLoop(values);
  }

  /** The same without θ. */
  void putLoop(InnerLoop values) {
    moving(1f);
    moves.floats().put(vector);
    if (values.optimizer() instanceof Adam adam) {
      putAdam(adam);
    } else if (values.optimizer() instanceof Sgd sgd) {
      putSteps(sgd.stepSizes());
    }
  }

  private void putSteps(StepSizes sizes) {
    FloatBuffer to = steps.floats();
    FloatBuffer byTensor = tensorSteps.floats();
    if (sizes instanceof StepSizes.Uniform uniform) {
      moving(uniform.value());
      to.put(vector);
      while (byTensor.hasRemaining()) {
        byTensor.put(uniform.value());
      }
    } else if (sizes instanceof StepSizes.PerParameter each) {
      moving(1f);
      for (int i = 0; i < vector.length; i++) {
        to.put(i, vector[i] == 0f ? 0f : each.values()[i]);
      }
    } else if (sizes instanceof StepSizes.PerTensorPerStep table) {
      for (int k = 0; k < loop.steps(); k++) {
        moving(table.values()[k]);
        byTensor.put(table.values()[k]);
        to.put(vector);
      }
    }
  }

  private void putAdam(Adam adam) {
    InnerOptimizer.AdamMoments start = adam.start();
    if (start != null && first != null && second != null) {
      first.floats().put(start.first());
      second.floats().put(start.second());
    }
    if (corrections != null) {
      FloatBuffer to = corrections.floats();
      long before = start == null ? 0 : start.steps();
      for (int k = 0; k < loop.steps(); k++) {
        double t = before + k + 1.0;
        to.put((float) (1 - Math.pow(adam.beta1(), t)));
        to.put((float) (1 - Math.pow(adam.beta2(), t)));
      }
    }
  }

  /** {@code value} where the inner loop moves parameters, else 0. */
  private void moving(float value) {
    float[] values = new float[circuit.layout().tensors().size()];
    Arrays.fill(values, value);
    moving(values);
  }

  private void moving(float[] byTensor) {
    List<ParameterTensor> tensors = circuit.layout().tensors();
    int head = tensors.get(tensors.size() - 1).layer();
    for (int t = 0; t < tensors.size(); t++) {
      ParameterTensor tensor = tensors.get(t);
      boolean moves = tensor.role().trainable() && (!loop.headOnly() || tensor.layer() == head);
      Arrays.fill(vector, tensor.offset(), tensor.end(), moves ? byTensor[t] : 0f);
    }
  }

  @Override
  public void close() {
    staging.close();
  }
}
