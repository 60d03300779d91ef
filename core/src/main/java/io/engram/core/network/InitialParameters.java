package io.engram.core.network;

import io.engram.core.network.ParameterTensor.Role;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import java.util.Arrays;
import java.util.List;

/** Seeded initial parameters θ₀. */
public final class InitialParameters {

  private InitialParameters() {}

  /**
   * Glorot-uniform weights (Glorot &amp; Bengio 2010, eq. 16), zero biases and shifts, unit gains.
   *
   * @param zeroHead leave the last weight tensor at zero: every class starts equally likely, which lets few inner steps go
   *     further
   * @return [parameters] in layout order; each tensor's draw depends on the seed and its place alone
   */
  public static float[] of(NetworkSpec network, long seed, boolean zeroHead) {
    ParameterLayout layout = network.layout();
    float[] theta = new float[layout.length()];
    int head = headWeight(layout.tensors());
    for (int i = 0; i < layout.tensors().size(); i++) {
      ParameterTensor tensor = layout.tensors().get(i);
      switch (tensor.role()) {
        case WEIGHT -> {
          if (!zeroHead || i != head) {
            long tensorSeed = Seeds.derive(seed, Seeds.Purpose.INITIAL_PARAMETERS, i);
            glorotUniform(theta, tensor, new RandomStream(tensorSeed));
          }
        }
        case GAIN, RUNNING_VARIANCE -> Arrays.fill(theta, tensor.offset(), tensor.end(), 1f);
        case BIAS, SHIFT, RUNNING_MEAN -> Arrays.fill(theta, tensor.offset(), tensor.end(), 0f);
      }
    }
    return theta;
  }

  private static int headWeight(List<ParameterTensor> tensors) {
    int head = -1;
    for (int i = 0; i < tensors.size(); i++) {
      if (tensors.get(i).role() == Role.WEIGHT) {
        head = i;
      }
    }
    return head;
  }

  private static void glorotUniform(float[] theta, ParameterTensor tensor, RandomStream random) {
    double limit = StrictMath.sqrt(6.0 / (fanIn(tensor) + fanOut(tensor)));
    for (int i = tensor.offset(); i < tensor.end(); i++) {
      theta[i] = (float) ((2 * random.nextDouble() - 1) * limit);
    }
  }

  private static long fanIn(ParameterTensor weight) {
    List<Integer> shape = weight.shape();
    return shape.size() == 2 ? shape.get(0) : (long) shape.get(1) * shape.get(2) * shape.get(3);
  }

  private static long fanOut(ParameterTensor weight) {
    List<Integer> shape = weight.shape();
    return shape.size() == 2 ? shape.get(1) : (long) shape.get(0) * shape.get(2) * shape.get(3);
  }
}
