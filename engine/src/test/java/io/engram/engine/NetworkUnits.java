package io.engram.engine;

import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterTensor;
import io.engram.core.network.ParameterTensor.Role;
import java.util.List;

/** The hidden units of a network of dense layers and rectifiers, written to be read. */
final class NetworkUnits {

  private NetworkUnits() {}

  private static List<ParameterTensor> weights(NetworkSpec network) {
    return network.layout().tensors().stream().filter(it -> it.role() == Role.WEIGHT).toList();
  }

  /** How many there are. */
  static int hidden(NetworkSpec network) {
    List<ParameterTensor> weights = weights(network);
    return weights.subList(0, weights.size() - 1).stream().mapToInt(it -> it.shape().get(1)).sum();
  }

  /** Σₖ|wₖ| of each unit's outgoing weights. */
  static double[] outgoing(NetworkSpec network, float[] theta) {
    double[] sums = new double[hidden(network)];
    int unit = 0;
    for (ParameterTensor next : weights(network).subList(1, weights(network).size())) {
      int in = next.shape().get(0);
      for (int i = 0; i < in; i++, unit++) {
        for (int k = 0; k < next.shape().get(1); k++) {
          sums[unit] += Math.abs(theta[next.offset() + k * in + i]);
        }
      }
    }
    return sums;
  }

  /** That times |h|, in the mean over a batch. */
  static double[] contributions(NetworkSpec network, float[] theta, StreamBatch batch) {
    double[] contributions = outgoing(network, theta);
    double[] activity = new double[contributions.length];
    List<ParameterTensor> weights = weights(network);
    for (int b = 0; b < batch.size(); b++) {
      float[] input = batch.input(b).dense();
      double[] below = new double[input.length];
      for (int i = 0; i < input.length; i++) {
        below[i] = input[i];
      }
      int unit = 0;
      for (ParameterTensor weight : weights.subList(0, weights.size() - 1)) {
        double[] own = new double[weight.shape().get(1)];
        for (int o = 0; o < own.length; o++, unit++) {
          double z = theta[weight.end() + o];
          for (int i = 0; i < below.length; i++) {
            z += theta[weight.offset() + o * below.length + i] * below[i];
          }
          own[o] = Math.max(z, 0);
          activity[unit] += own[o] / batch.size();
        }
        below = own;
      }
    }
    for (int unit = 0; unit < contributions.length; unit++) {
      contributions[unit] *= activity[unit];
    }
    return contributions;
  }
}
