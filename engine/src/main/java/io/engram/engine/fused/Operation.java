package io.engram.engine.fused;

/**
 * The mathematics of one layer, stateless and shared by all workers; everything that changes lives in frames and parameter
 * sets.
 *
 * <p>Four sweeps. With y = f(x, w) and g = ∂L/∂y:
 *
 * <ul>
 *   <li>{@link #forward}: y
 *   <li>{@link #backward}: ∂L/∂x, and ∂L/∂w into a sink
 *   <li>{@link #forwardTangent}: ẏ, the derivative of y along ẋ and a direction u of the parameters
 *   <li>{@link #backwardTangent}: the derivative of the backward sweep along the same direction. With ∂L/∂w replaced by
 *       its tangent the sink receives the Hessian-vector product Hu, exactly (Pearlmutter 1994, the R-operator)
 * </ul>
 */
interface Operation {

  /** Storage for the network's input, if this operation is the first. */
  default Frame inputFrame() {
    return new Frame();
  }

  /** Storage for one pass, given the storage of the operation before. */
  Frame frame(Frame input);

  /** Reads {@code in.value}, writes {@code out.value}. */
  void forward(Frame in, Frame out, Parameters w, int examples);

  /**
   * Reads {@code out.gradient}; writes {@code in.gradient} if {@code intoInput}; then hands parameter gradients to the sink,
   * which may change {@code w} itself.
   */
  void backward(Frame in, Frame out, Parameters w, Sink sink, int examples, boolean intoInput);

  /**
   * Tangent of {@link #forward} along u: writes {@code site.tout.value}. Not called where the output's tangent is still.
   */
  void forwardTangent(TangentSite site, Parameters w, Parameters u);

  /**
   * Tangent of {@link #backward}: reads {@code site.tout.gradient}, writes {@code site.tin.gradient} if {@code intoInput}; the
   * sink must accumulate.
   */
  void backwardTangent(TangentSite site, Parameters w, Parameters u, Sink sink, boolean intoInput);
}
