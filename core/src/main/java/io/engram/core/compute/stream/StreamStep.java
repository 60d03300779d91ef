package io.engram.core.compute.stream;

/** How far a stream program goes down its gradient g. Made once and used for many steps. */
public sealed interface StreamStep {

  /** {@code weights ← weights − size·g}. */
  record Uniform(float size) implements StreamStep {}

  /**
   * {@code weights ← weights − sizes ∘ g}, g shortened to norm {@code longest} where its Euclidean norm is more (Pascanu et al. 2013,
   * algorithm 1).
   *
   * @param sizes a step size for every parameter; read at each step
   * @param longest infinite for no bound
   */
  record Each(StreamVector sizes, double longest) implements StreamStep {

    /** Of a gradient of any length. */
    public Each(StreamVector sizes) {
      this(sizes, Double.POSITIVE_INFINITY);
    }
  }

  /**
   * A step, and then {@code average ← average + rate·(weights − average)}, in the same pass where an engine can.
   *
   * @param average moved, as {@link StreamVector#average} does
   */
  record Averaged(Each step, StreamVector average, float rate) implements StreamStep {}

  /** A step of one size. */
  static StreamStep of(float size) {
    return new Uniform(size);
  }
}
