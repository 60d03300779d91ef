package io.engram.core.continual;

import io.engram.core.network.ParameterLayout;
import io.engram.core.network.ParameterTensor;
import io.engram.core.network.ParameterTensor.Role;
import io.engram.core.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a hidden layer of a dense network has its weights in θ, in layout order.
 *
 * @param inputs of each unit
 * @param units how many
 * @param incoming offset of the weights into it, unit by unit
 * @param bias offset of its biases
 * @param outgoing offset of the weights of the layer above, each of whose units has one for every unit of this
 * @param above units of the layer above
 */
record HiddenLayer(int inputs, int units, int incoming, int bias, int outgoing, int above) {

  /** All of a network of dense layers, from the input on. */
  static List<HiddenLayer> of(ParameterLayout layout) {
    List<ParameterTensor> weights = tensors(layout, Role.WEIGHT);
    List<ParameterTensor> biases = tensors(layout, Role.BIAS);
    List<HiddenLayer> layers = new ArrayList<>();
    for (int l = 0; l + 1 < weights.size(); l++) {
      ParameterTensor own = weights.get(l);
      ParameterTensor next = weights.get(l + 1);
      layers.add(
          new HiddenLayer(
              own.shape().get(0),
              own.shape().get(1),
              own.offset(),
              biases.get(l).offset(),
              next.offset(),
              next.shape().get(1)));
    }
    return layers;
  }

  private static List<ParameterTensor> tensors(ParameterLayout layout, Role role) {
    return layout.tensors().stream().filter(tensor -> tensor.role() == role).toList();
  }

  /** Gives a unit incoming weights as at the start (Glorot-uniform), no bias, and outgoing weights of zero. */
  void renew(float[] theta, int unit, RandomStream draw) {
    double limit = StrictMath.sqrt(6.0 / (inputs + units));
    int from = incoming + unit * inputs;
    for (int i = from; i < from + inputs; i++) {
      theta[i] = (float) ((2 * draw.nextDouble() - 1) * limit);
    }
    theta[bias + unit] = 0;
    for (int k = 0; k < above; k++) {
      theta[outgoing + k * units + unit] = 0;
    }
  }
}
