package io.engram.engine.cuda;

import io.engram.core.network.Head;
import io.engram.engine.cuda.Operation.Direction;
import io.engram.engine.cuda.Operation.Sink;
import io.engram.engine.cuda.Operation.Still;
import io.engram.engine.cuda.Operation.Sweep;
import io.engram.engine.cuda.device.ParameterBlock;

/** Sweeps through the whole network. */
final class Sweeps {

  private static final int LOSS_THREADS = 128;

  private final Circuit circuit;

  Sweeps(Circuit circuit) {
    this.circuit = circuit;
  }

  /** Whose targets, beginning with which task, and which examples of the sets. */
  record Examples(SetData data, int first, RowChoice rows) {}

  /** To be called when new examples have been brought into the network's input. */
  void loaded(Recording to, Frame frame) {
    circuit.operation(0).loaded(to, frame);
  }

  /** Forwards from operation {@code first} on. */
  void forward(Sweep sweep, int first) {
    for (int i = first; i < circuit.size(); i++) {
      circuit.operation(i).forward(sweep);
    }
  }

  /** Mean losses, [tasks] floats at {@code losses}, and the errors of the outputs. */
  void loss(Sweep sweep, Examples examples, long losses) {
    Frame frame = sweep.frame();
    ParameterBlock block = new ParameterBlock();
    frame.outputs().to(block);
    frame.outputErrors().to(block);
    Value.none(block);
    record(sweep, "", examples, losses, block);
  }

  /** Backwards down to operation {@code last}. */
  void backward(Sweep sweep, Sink sink, int last) {
    for (int i = circuit.size() - 1; i >= last; i--) {
      circuit.operation(i).backward(sweep, sink, i > last);
    }
  }

  /**
   * {@code into += scale·H·u}: the gradient's derivative along a direction (Pearlmutter 1994), at the point of the frame, which has been
   * gone through forwards and backwards.
   */
  void hessianProduct(Sweep sweep, Examples examples, Direction direction, Sink sink) {
    for (int i = direction.first(); i < circuit.size(); i++) {
      circuit.operation(i).tangent(sweep, direction, i == direction.first());
    }
    ParameterBlock block = new ParameterBlock();
    sweep.frame().outputs().to(block);
    direction.frame().outputErrors().to(block);
    direction.frame().outputs().to(block);
    record(sweep, "_tangent", examples, 0, block);
    int last = circuit.firstTrainable();
    for (int i = circuit.size() - 1; i >= last; i--) {
      Still still = new Still(i < direction.first(), i <= direction.first());
      circuit.operation(i).tangentBackward(sweep, direction, still, sink, i > last);
    }
  }

  private void record(
      Sweep sweep, String suffix, Examples examples, long losses, ParameterBlock block) {
    boolean softmax = circuit.network.head() == Head.SOFTMAX_CROSS_ENTROPY;
    examples.data().targets(block, examples.first());
    examples.rows().to(block, examples.first());
    block.pointer(losses).number(sweep.frame().examples()).number(circuit.network.outputs());
    sweep
        .to()
        .launch(
            (softmax ? "loss_softmax" : "loss_squared") + suffix,
            sweep.frame().tasks(),
            LOSS_THREADS,
            0,
            block);
  }
}
