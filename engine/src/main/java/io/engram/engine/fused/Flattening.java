package io.engram.engine.fused;

/** Image to vector: from channels last to DL4J's channels first. Linear, so its tangents are itself. */
final class Flattening implements Operation {

  private final int size;
  private final int[] order;

  /**
   * For images of a fixed size.
   *
   * @param order element i of the image as it is here is element {@code order[i]} of the vector
   */
  Flattening(int[] order) {
    this.size = order.length;
    this.order = order;
  }

  @Override
  public Frame frame(Frame input) {
    return new Frame();
  }

  @Override
  public void forward(Frame in, Frame out, Parameters w, int n) {
    flatten(in.value, out.value, n);
  }

  @Override
  public void backward(Frame in, Frame out, Parameters w, Sink sink, int n, boolean intoInput) {
    if (intoInput) {
      unflatten(out.gradient, in.gradient, n);
    }
  }

  @Override
  public void forwardTangent(
      Frame in,
      Frame out,
      Frame tin,
      Frame tout,
      Parameters w,
      Parameters u,
      int n,
      boolean moving) {
    tout.still = tin.still;
    if (!tout.still) {
      flatten(tin.value, tout.value, n);
    }
  }

  @Override
  public void backwardTangent(
      Frame in,
      Frame out,
      Frame tin,
      Frame tout,
      Parameters w,
      Parameters u,
      Sink sink,
      int n,
      boolean intoInput,
      boolean moving) {
    if (intoInput) {
      unflatten(tout.gradient, tin.gradient, n);
    }
  }

  private void flatten(Slab image, Slab vector, int n) {
    float[] from = image.readHeap();
    float[] to = vector.writeHeap(n * size);
    for (int at = 0; at < n * size; at += size) {
      for (int i = 0; i < size; i++) {
        to[at + order[i]] = from[at + i];
      }
    }
  }

  private void unflatten(Slab vector, Slab image, int n) {
    float[] from = vector.readHeap();
    float[] to = image.writeHeap(n * size);
    for (int at = 0; at < n * size; at += size) {
      for (int i = 0; i < size; i++) {
        to[at + i] = from[at + order[i]];
      }
    }
  }
}
