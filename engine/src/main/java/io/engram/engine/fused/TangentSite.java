package io.engram.engine.fused;

/**
 * Where one operation stands in a tangent sweep: the frames before and behind it, of the pass and of its tangent. There is one for each
 * operation, filled in anew for every sweep, so that a sweep allocates nothing.
 */
final class TangentSite {

  /** The tangents of {@link #in} and {@link #out}. */
  final Frame tin;

  final Frame tout;

  /** The operation's input in the pass; before the first sweep there is none, and the tangent's own frame stands here. */
  Frame in;

  /** Its output. */
  Frame out;

  int examples;

  /** Whether the direction u of the parameters is non-zero for this operation. */
  boolean moving;

  TangentSite(Frame tin, Frame tout) {
    this.tin = tin;
    this.tout = tout;
    this.in = tin;
    this.out = tout;
  }

  /** Fills it in; the tangent of an output is still where neither the input's nor the parameters move. */
  void visit(Pass pass, int operation, boolean moves) {
    in = pass.frame(operation);
    out = pass.frame(operation + 1);
    examples = pass.batch().size();
    moving = moves;
    tout.still = tin.still && !moves;
  }
}
