package io.engram.engine.fused;

/**
 * What one operation leaves behind in one pass: its output, and after the backward sweep the loss gradient with respect to
 * that output. Rows are examples (for images: pixels, channels last). A tangent pass uses frames of the same kind for the
 * directional derivatives of both. Operations that must remember more extend this class.
 */
class Frame implements AutoCloseable {

  final Slab value;
  final Slab gradient;

  /** In a tangent pass: the value's tangent is known to be zero and was not written. */
  boolean still;

  Frame() {
    this(new Slab(), new Slab());
  }

  /** Shares the buffers of another frame, for operations that work in place. */
  Frame(Frame shared) {
    this(shared.value, shared.gradient);
  }

  private Frame(Slab value, Slab gradient) {
    this.value = value;
    this.gradient = gradient;
  }

  /** What it takes, at most: shared buffers count for each frame that shares them. */
  long bytes() {
    return value.bytes() + gradient.bytes();
  }

  @Override
  public void close() {
    value.close();
    gradient.close();
  }
}
