package io.engram.engine.fused;

import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.task.Episode;

/** One worker's forward passes over query sets. */
final class Predictor implements AutoCloseable {

  private final Circuit circuit;
  private final Parameters phi;
  private final float[] own;
  private final Batch batch;
  private final Pass pass;

  Predictor(Circuit circuit) {
    this.circuit = circuit;
    this.phi = new Parameters(circuit.parameters);
    this.own = new float[circuit.parameters.length()];
    this.batch = new Batch(circuit);
    this.pass = new Pass(circuit, batch);
  }

  /**
   * Writes the outputs of query examples {@code from} … {@code to − 1} into their rows of {@code outputs}; where they are
   * predicted together, the range must be the whole set.
   *
   * @param flat [parameters] φ in the port's order
   */
  void predict(
      float[] flat, Episode episode, NormalizationMode mode, int from, int to, float[] outputs) {
    circuit.parameters.gather(flat, own);
    phi.load(own);
    if (together(circuit, mode)) {
      batch.load(episode.query());
      pass.forward(batch, phi);
      pass.outputs().store(outputs, 0);
      return;
    }
    int width = circuit.outputs();
    batch.loadInputsWithRoomForOne(episode.support());
    for (int i = from; i < to; i++) {
      batch.replaceLast(episode.query(), i);
      pass.forward(batch, phi);
      System.arraycopy(
          pass.outputs().readHeap(), (batch.size() - 1) * width, outputs, i * width, width);
    }
  }

  /** Whether all query examples go through the network as one batch. */
  static boolean together(Circuit circuit, NormalizationMode mode) {
    return mode == NormalizationMode.TRANSDUCTIVE || !circuit.batchDependent();
  }

  @Override
  public void close() {
    phi.close();
    batch.close();
    pass.close();
  }
}
