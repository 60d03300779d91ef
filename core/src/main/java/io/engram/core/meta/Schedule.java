package io.engram.core.meta;

/** A value that depends on how many outer steps were taken. */
public sealed interface Schedule {

  /** The value for outer step {@code step} = 0, 1, 2 … */
  double at(long step);

  /** Always the same. */
  record Constant(double value) implements Schedule {
    @Override
    public double at(long step) {
      return value;
    }
  }

  /** From {@code from} to {@code to} in a straight line over {@code steps}, then {@code to} for ever. */
  record Linear(double from, double to, long steps) implements Schedule {
    public Linear {
      requirePositive(steps);
    }

    @Override
    public double at(long step) {
      return from + (to - from) * Math.min(1.0, (double) step / steps);
    }
  }

  /** Half a cosine from {@code from} to {@code to} over {@code steps}, then {@code to} (MAML++, section 4). */
  record Cosine(double from, double to, long steps) implements Schedule {
    public Cosine {
      requirePositive(steps);
    }

    @Override
    public double at(long step) {
      double progress = Math.min(1.0, (double) step / steps);
      return to + (from - to) * 0.5 * (1 + StrictMath.cos(StrictMath.PI * progress));
    }
  }

  private static void requirePositive(long steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("a schedule needs at least 1 step, found " + steps);
    }
  }
}
