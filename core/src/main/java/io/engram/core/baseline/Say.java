package io.engram.core.baseline;

import io.engram.core.algebra.Vectors;
import java.nio.DoubleBuffer;
import java.util.Arrays;

/**
 * How much say each of several candidates has in one answer: Bernstein online aggregation (Wintenberger 2017, "Optimal learning with Bernstein
 * online aggregation", algorithm 2). In the long run the answer loses hardly more than the best candidate's would, whichever that is, and whatever the
 * stream does. Losses are taken along the slope at the answer that was given. The first candidate begins with half of the say by itself.
 */
final class Say {

  /** After each task, of regrets: some three hundred tasks count. */
  private static final double FORGOTTEN = 0.003;

  /** By which the paper's rates are too careful for losses that are nowhere near their worst. */
  private static final double BOLDNESS = 2;

  private static final double LEAST = 1e-12;

  private final double[] regrets;
  private final double[] squares;
  private final double[] widest;
  private double[] shares;

  /** Knows nothing: the first candidate speaks. */
  Say(int candidates) {
    regrets = new double[candidates];
    squares = new double[candidates];
    widest = new double[candidates];
    shares = shares();
  }

  static int savedLength(int candidates) {
    return 3 * candidates;
  }

  void save(DoubleBuffer out) {
    out.put(regrets).put(squares).put(widest);
  }

  void restore(DoubleBuffer in) {
    in.get(regrets).get(squares).get(widest);
    shares = shares();
  }

  /** What each candidate has of the say, [candidates], 1 in sum. */
  double[] of() {
    return shares.clone();
  }

  /**
   * Learns from an answer that was given with the shares of now.
   *
   * @param slopes [candidates] how its loss would rise with each candidate's say
   */
  void learn(double[] slopes) {
    double given = 0;
    for (int k = 0; k < slopes.length; k++) {
      given += shares[k] * slopes[k];
    }
    for (int k = 0; k < slopes.length; k++) {
      double worse = slopes[k] - given;
      widest[k] = Math.max(widest[k] * (1 - FORGOTTEN), Math.abs(worse));
      squares[k] = (1 - FORGOTTEN) * squares[k] + worse * worse;
      regrets[k] = (1 - FORGOTTEN) * regrets[k] - worse * (1 + rate(k) * worse);
    }
    shares = shares();
  }

  private double rate(int candidate) {
    double careful =
        Math.sqrt(Math.log(regrets.length) / Math.max(LEAST * LEAST, squares[candidate]));
    return BOLDNESS * Math.min(1 / (2 * Math.max(LEAST, widest[candidate])), careful);
  }

  private double[] shares() {
    double[] scores = new double[regrets.length];
    if (Arrays.stream(widest).allMatch(width -> width == 0)) {
      scores[0] = 1;
      return scores;
    }
    for (int k = 0; k < scores.length; k++) {
      double prior = 0.5 / scores.length + (k == 0 ? 0.5 : 0);
      double rate = rate(k);
      scores[k] = Math.log(prior) + Math.log(rate) + rate * regrets[k];
    }
    Vectors.softmax(scores);
    return scores;
  }
}
