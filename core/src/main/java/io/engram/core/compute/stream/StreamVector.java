package io.engram.core.compute.stream;

/**
 * A vector over all parameters of a stream program (weights, a gradient, step sizes, importances), in an order and a place of the program's
 * own making. Made by {@link StreamProgram#zeros} and {@link #copy}; its verbs are element-wise and take vectors of the same program, others
 * throw {@link IllegalArgumentException}. Not thread-safe.
 */
public interface StreamVector {

  /** A new vector with the same elements. */
  StreamVector copy();

  /** {@code this ← other}. */
  void set(StreamVector other);

  /** {@code this ← value}. */
  void fill(float value);

  /**
   * {@code this ← factor·this}. What becomes smaller than about 10⁻³⁰ becomes 0: what decays for ever would end among the subnormal numbers,
   * with which processors take a hundred times as long.
   */
  void scale(float factor);

  /** {@code this ← this + factor·other}. */
  void add(float factor, StreamVector other);

  /** {@code this ← this + factor·(a ∘ b)}. */
  void addProduct(float factor, StreamVector a, StreamVector b);

  /**
   * {@code this ← this + rate·(other − this)}: a running average of weights (Polyak &amp; Juditsky 1992), and Reptile's step towards {@code
   * other}.
   */
  void average(StreamVector other, float rate);

  /** {@code this ← max(other, 0)}. */
  void rectify(StreamVector other);

  /** {@code this ← this where condition > 0, else 0}. */
  void keepWherePositive(StreamVector condition);

  /** {@code this ← numerator / (1 + factor·other)}, other not negative. */
  void dampen(float numerator, float factor, StreamVector other);

  /** Euclidean norm. */
  double norm();
}
