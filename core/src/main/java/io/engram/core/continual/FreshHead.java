package io.engram.core.continual;

import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.network.ParameterTensor;
import io.engram.core.network.ParameterTensor.Role;
import java.util.Arrays;

/**
 * Sets the last layer of a network to zero. Where labels are drawn anew for every task, what the outputs stood for before says nothing, and a
 * head that took part in outer steps only drifts: pre-trained with one, the first inner step met a loss of 150.
 */
public final class FreshHead {

  private final StreamVector trunk;

  /** For weights of this program. */
  public FreshHead(StreamProgram program) {
    float[] below = new float[program.network().layout().length()];
    int head = 0;
    for (ParameterTensor tensor : program.network().layout().tensors()) {
      head = tensor.role() == Role.WEIGHT ? tensor.offset() : head;
    }
    Arrays.fill(below, 0, head, 1f);
    this.trunk = program.zeros();
    program.load(below, trunk);
  }

  /** Leaves the layers below the head as they are. */
  public void clear(StreamVector weights) {
    weights.keepWherePositive(trunk);
  }
}
