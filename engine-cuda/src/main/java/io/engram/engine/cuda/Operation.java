package io.engram.engine.cuda;

/**
 * One step through the network for all tasks at once, forwards, backwards and along a tangent. Writes commands; computes nothing itself.
 * Its input is the value of its own number, its output the next one.
 */
interface Operation {

  /** What a sweep needs to know. */
  record Sweep(Recording to, Frame frame, Rows phi) {}

  /**
   * Where gradients go: {@code into = (keep ? into : 0) + scale·gradient}.
   *
   * @param into [tasks][parameters]
   */
  record Sink(Rows into, float scale, boolean keep) {}

  /**
   * A direction in the space of parameters, and how much of it there is.
   *
   * @param values [tasks][parameters]
   * @param frame where the tangents of activations and errors lie
   * @param first the first operation that it moves
   */
  record Direction(Rows values, Frame frame, int first) {}

  /**
   * What does not move along a direction.
   *
   * @param all whether neither x nor the parameters do
   * @param input whether x does not
   */
  record Still(boolean all, boolean input) {}

  /** Whether it has parameters. */
  boolean trainable();

  /** Finds out what can be said of x alone. Called of the first operation, when new examples have been brought in. */
  default void loaded(Recording to, Frame frame) {}

  /** y from x. */
  void forward(Sweep sweep);

  /**
   * The errors of x, if wanted, and the gradients of the parameters, from the errors of y.
   *
   * @param intoInput whether the errors of x are wanted
   */
  void backward(Sweep sweep, Sink sink, boolean intoInput);

  /**
   * The tangent of y.
   *
   * @param still whether x does not move
   */
  void tangent(Sweep sweep, Direction direction, boolean still);

  /**
   * The tangents of what {@link #backward} gives.
   *
   * @param still what does not move
   */
  void tangentBackward(Sweep sweep, Direction direction, Still still, Sink sink, boolean intoInput);
}
