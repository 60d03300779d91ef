package io.engram.engine.fused;

/** One forward and backward sweep through a circuit, with everything a tangent pass needs to know about it afterwards. */
final class Pass implements AutoCloseable {

  private final Circuit circuit;

  /** Frame i is the input of operation i; the last one is the output. Frame 0 belongs to the batch. */
  private final Frame[] frames;

  private Batch batch;

  Pass(Circuit circuit, Batch batch) {
    this.circuit = circuit;
    this.batch = batch;
    this.frames = new Frame[circuit.size() + 1];
    frames[0] = batch.inputs;
    for (int i = 0; i < circuit.size(); i++) {
      frames[i + 1] = circuit.operation(i).frame(frames[i]);
    }
  }

  Batch batch() {
    return batch;
  }

  Frame frame(int i) {
    return frames[i];
  }

  Slab outputs() {
    return frames[circuit.size()].value;
  }

  void forward(Batch newBatch, Parameters w) {
    forward(newBatch, w, 0);
  }

  /** From operation {@code first} on, whose input is there already. */
  void forward(Batch newBatch, Parameters w, int first) {
    batch = newBatch;
    frames[0] = newBatch.inputs;
    for (int i = first; i < circuit.size(); i++) {
      circuit.operation(i).forward(frames[i], frames[i + 1], w, batch.size());
    }
  }

  /** As far as the input of operation {@code end}. */
  void forwardUntil(Batch newBatch, Parameters w, int end) {
    batch = newBatch;
    frames[0] = newBatch.inputs;
    for (int i = 0; i < end; i++) {
      circuit.operation(i).forward(frames[i], frames[i + 1], w, batch.size());
    }
  }

  /** Back from the gradient of the input of operation {@code end}, which is there already, to the parameters of {@code first}. */
  void backwardFrom(int end, Parameters w, Sink sink, int first) {
    for (int i = end - 1; i >= first; i--) {
      circuit.operation(i).backward(frames[i], frames[i + 1], w, sink, batch.size(), i > first);
    }
  }

  /**
   * Mean loss of the batch last sent forward; its gradients with respect to the parameters of operation {@code first} and
   * later ones go to the sink.
   */
  double backward(Parameters w, Sink sink, int first) {
    return backward(w, sink, first, false);
  }

  /** Also with respect to the input of operation {@code first}. */
  double backwardInto(Parameters w, Sink sink, int first) {
    return backward(w, sink, first, true);
  }

  private double backward(Parameters w, Sink sink, int first, boolean intoInput) {
    int n = circuit.size();
    double loss = circuit.loss.gradient(frames[n].value, batch, frames[n].gradient);
    for (int i = n - 1; i >= first; i--) {
      circuit
          .operation(i)
          .backward(frames[i], frames[i + 1], w, sink, batch.size(), intoInput || i > first);
    }
    return loss;
  }

  /** What its frames take, at most. */
  long bytes() {
    long sum = 0;
    for (int i = 1; i < frames.length; i++) {
      sum += frames[i].bytes();
    }
    return sum;
  }

  @Override
  public void close() {
    for (int i = 1; i < frames.length; i++) {
      frames[i].close();
    }
  }
}
