package io.engram.cli.columns;

import java.util.List;

/** What is taken off the numbers of a column so that their differences are not lost in 32 bits. */
final class Offset {

  /** Of a number in 32 bits, half a unit in its last place. */
  private static final double ROUNDING = 6e-8;

  /** The most that rounding may cost, as a share of the column's standard deviation. */
  private static final double TOLERATED = 1e-3;

  private Offset() {}

  /** The mean, rounded, of numbers that lie far from 0 and close together; 0 for all others. */
  static double of(Numeric numeric, List<String> cells) {
    long count = 0;
    double mean = 0;
    double squares = 0;
    for (String cell : cells) {
      String plain = numeric.notation().plain(cell);
      double value = plain == null ? Double.NaN : Double.parseDouble(plain);
      if (Double.isFinite(value)) {
        count++;
        double step = value - mean;
        mean += step / count;
        squares += step * (value - mean);
      }
    }
    double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
    boolean lost = deviation > 0 && Math.abs(mean) * ROUNDING > deviation * TOLERATED;
    return lost ? Math.rint(mean) : 0;
  }
}
