package io.engram.engine.fused;

/**
 * Exact Hessian-vector products of the batch loss: the tangent of a {@link Pass} along a direction of the parameters, swept
 * forward and back (Pearlmutter 1994, "Fast exact multiplication by the Hessian").
 */
final class TangentPass implements AutoCloseable {

  private final Circuit circuit;
  private final Frame[] frames;
  private final TangentSite[] sites;

  TangentPass(Circuit circuit) {
    this.circuit = circuit;
    this.frames = new Frame[circuit.size() + 1];
    this.sites = new TangentSite[circuit.size()];
    frames[0] = new Frame();
    frames[0].still = true;
    for (int i = 0; i < circuit.size(); i++) {
      frames[i + 1] = circuit.operation(i).frame(frames[i]);
      sites[i] = new TangentSite(frames[i], frames[i + 1]);
    }
  }

  /**
   * Adds H·u, times the sink's scale, to the sink.
   *
   * @param pass forward and backward (to {@code firstMoving}) at {@code w}
   * @param w the parameters where the Hessian is taken
   * @param u the direction; only its tensors from operation {@code firstMoving} on are read, the others count as zero
   */
  void addHessianProduct(Pass pass, Parameters w, Parameters u, int firstMoving, Sink sink) {
    sweep(pass, w, u, firstMoving, 0, sink);
  }

  /**
   * Like {@link #addHessianProduct} for all operations but the first, which the caller takes care of: the tangent of its
   * output is in {@link #firstOutput()} before, that of its output's gradient afterwards.
   */
  void addHessianProductBehindFirst(Pass pass, Parameters w, Parameters u, Sink sink) {
    sweep(pass, w, u, 1, 1, sink);
  }

  /** The tangent of the first operation. */
  Frame firstOutput() {
    return frames[1];
  }

  private void sweep(Pass pass, Parameters w, Parameters u, int firstMoving, int start, Sink sink) {
    int n = circuit.size();
    for (int i = start; i < n; i++) {
      sites[i].visit(pass, i, moves(i, firstMoving));
      if (!sites[i].tout.still) {
        circuit.operation(i).forwardTangent(sites[i], w, u);
      }
    }
    circuit.loss.gradientTangent(
        pass.frame(n).value, frames[n].value, pass.batch(), frames[n].gradient);
    int end = Math.max(start, circuit.firstTrainable());
    for (int i = n - 1; i >= end; i--) {
      circuit.operation(i).backwardTangent(sites[i], w, u, sink, i > circuit.firstTrainable());
    }
  }

  private boolean moves(int operation, int firstMoving) {
    return operation >= firstMoving && circuit.trainable(operation);
  }

  @Override
  public void close() {
    for (Frame frame : frames) {
      frame.close();
    }
  }
}
