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
  public void forwardTangent(TangentSite site, Parameters w, Parameters u) {
    flatten(site.tin.value, site.tout.value, site.examples);
  }

  @Override
  public void backwardTangent(
      TangentSite site, Parameters w, Parameters u, Sink sink, boolean intoInput) {
    if (intoInput) {
      unflatten(site.tout.gradient, site.tin.gradient, site.examples);
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
