package io.engram.core.network;

import java.util.List;

/**
 * One named tensor inside the flat parameter vector.
 *
 * @param layer index of its layer in {@link NetworkSpec#layers()}
 * @param role what it is
 * @param shape logical shape; its elements lie in the order DL4J uses for this role (see {@link ParameterLayout})
 * @param offset first element in the flat vector
 */
public record ParameterTensor(int layer, Role role, List<Integer> shape, int offset) {

  /** What a tensor is to its layer. */
  public enum Role {
    WEIGHT,
    BIAS,
    GAIN,
    SHIFT,
    /** DL4J's running mean of a batch-norm layer: always 0 here, never trained, kept so that the layouts agree. */
    RUNNING_MEAN,
    /** DL4J's running variance of a batch-norm layer: always 1 here, never trained. */
    RUNNING_VARIANCE;

    /** Whether learning ever changes it. */
    public boolean trainable() {
      return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
    }
  }

  public ParameterTensor {
    shape = List.copyOf(shape);
  }

  /** Number of floats. */
  public int length() {
    return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
  }

  /** One past its last element in the flat vector. */
  public int end() {
    return offset + length();
  }
}
