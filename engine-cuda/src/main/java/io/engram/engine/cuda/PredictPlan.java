package io.engram.engine.cuda;

import io.engram.engine.cuda.Operation.Sweep;
import io.engram.engine.cuda.device.Device;
import io.engram.engine.cuda.device.ParameterBlock;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/** Outputs of batches of one size, each with parameters of its own or all with the same. */
final class PredictPlan implements AutoCloseable {

  private final Circuit circuit;
  private final Shape shape;
  private final Exchange exchange;
  private final Staging.Place parameters;
  private final Staging.Place inputs;
  private final Staging.Place outputs;

  /**
   * What decides the commands.
   *
   * @param batches how many
   * @param examples of each
   * @param shared whether all take the same parameters
   */
  record Shape(int batches, int examples, boolean shared) {}

  PredictPlan(Circuit circuit, Shape shape, @Nullable Device device) {
    this.circuit = circuit;
    this.shape = shape;
    this.exchange = new Exchange(device);
    int sets = shape.shared() ? 1 : shape.batches();
    long examples = (long) shape.batches() * shape.examples();
    this.parameters = exchange.in().reserve((long) sets * circuit.parameters());
    this.inputs = exchange.in().reserve(examples * circuit.network.input().size());
    this.outputs = exchange.out().reserve(examples * circuit.network.outputs());
    exchange.make(this::record);
  }

  long bytes() {
    return exchange.bytes();
  }

  /** Where parameters are to be written, [sets × parameters]. */
  FloatBuffer parameters() {
    return parameters.floats();
  }

  /** Where inputs are to be written, [batches × examples × inputs]. */
  FloatBuffer inputs() {
    return inputs.floats();
  }

  /** Where outputs are found after a run, [batches × examples × outputs]. */
  FloatBuffer outputs() {
    return outputs.floats();
  }

  void start() {
    exchange.start();
  }

  private void record(Recording to) {
    int batches = shape.batches();
    int examples = shape.examples();
    Frame frame = Frame.of(circuit, exchange.arena(), batches, examples, null);
    int features = circuit.network.input().size();
    ParameterBlock load =
        new ParameterBlock()
            .pointer(inputs.address())
            .wide((long) examples * features)
            .pointer(0)
            .wide(0);
    frame.values()[0].to(load);
    load.number(examples).number(features);
    to.each("load", batches, (long) examples * features, load);
    Rows phi = new Rows(parameters.address(), shape.shared() ? 0 : circuit.parameters());
    Sweeps sweeps = new Sweeps(circuit);
    sweeps.loaded(to, frame);
    sweeps.forward(new Sweep(to, frame, phi), 0);
    ParameterBlock store = frame.outputs().to(new ParameterBlock());
    int width = circuit.network.outputs();
    store.pointer(outputs.address()).wide((long) examples * width).number(examples).number(width);
    to.each("store", batches, (long) examples * width, store);
  }

  @Override
  public void close() {
    exchange.close();
  }
}
