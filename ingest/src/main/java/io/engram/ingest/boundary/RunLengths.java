package io.engram.ingest.boundary;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Bayesian online change-point detection (Adams and MacKay 2007): how likely each length of the task so far is. Given a length, an example's class is
 * drawn as often as among the latest so many (Laplace), and its sketch about the mean of its class there, which itself lies about the
 * mean of all: Gaussians whose two variances are measured as the stream goes on; an outlier is as unlikely as two and a half deviations.
 */
final class RunLengths {

  private static final double MEMORY = 1_000;
  private static final int WARM_UP = 20;
  private static final double SURE = 0.8;

  /** A boundary that seems to lie this much later than it was told is the same one. */
  private static final int SHORTEST = 4;

  /** Sketches' numbers are not independent: this much of what they say counts. */
  private static final double TEMPER = 0.2;

  /** Squared deviations beyond which a number says no more. */
  private static final double FARTHEST = 6;

  private final double hazard;
  private final int longest;
  private final boolean labels;
  private final Recent recent;
  private double[] logs;
  private double[] mean;
  private double[] all;
  private double[] within;
  private long seen;

  /** Examples since the last boundary that was told. */
  private int age;

  /**
   * @param hazard how likely a task begins with any example
   * @param longest a longer task is as long as this
   * @param labels whether classes count, or features alone
   */
  RunLengths(double hazard, int longest, boolean labels, int size) {
    this.hazard = hazard;
    this.longest = longest;
    this.labels = labels;
    this.recent = new Recent(longest, size);
    this.logs = new double[] {0};
    this.mean = new double[size];
    this.all = new double[size];
    this.within = new double[size];
  }

  RunLengths(double hazard, int longest, boolean labels, int size, DataInputStream in)
      throws IOException {
    this(hazard, longest, labels, size);
    seen = in.readLong();
    age = in.readInt();
    mean = doubles(in);
    all = doubles(in);
    within = doubles(in);
    logs = doubles(in);
    recent.read(in);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeLong(seen);
    out.writeInt(age);
    for (double[] numbers : new double[][] {mean, all, within, logs}) {
      out.writeInt(numbers.length);
      for (double number : numbers) {
        out.writeDouble(number);
      }
    }
    recent.write(out);
  }

  /**
   * Takes the next example.
   *
   * @return how many of the latest examples, with this one, are after a change that was found now; or {@link ChangeDetector#NONE}
   */
  int add(Observation example) {
    int label = labels ? example.label() : 0;
    double[] said = predictions(example.sketch(), label);
    double[] next = new double[Math.min(logs.length + 1, longest + 1)];
    Arrays.fill(next, Double.NEGATIVE_INFINITY);
    double begun = Double.NEGATIVE_INFINITY;
    for (int run = 0; run < logs.length; run++) {
      int grown = Math.min(run + 1, next.length - 1);
      double stays = logs[run] + said[run] + Math.log(1 - hazard);
      next[grown] = plus(next[grown], stays);
      begun = plus(begun, logs[run]);
    }
    // A task that begins with this example has a length of 1 after it.
    next[1] = plus(next[1], begun + said[0] + Math.log(hazard));
    logs = normalised(next);
    learn(example.sketch(), label);
    recent.add(example.sketch(), label);
    seen++;
    age++;
    return told();
  }

  /** Tells a boundary once it is likely enough that the task is younger than the last one told. */
  private int told() {
    int likeliest = likeliest();
    int known = Math.min(age, longest) - SHORTEST;
    if (seen < WARM_UP || likeliest >= known) {
      return ChangeDetector.NONE;
    }
    double younger = 0;
    for (int run = 0; run < Math.min(logs.length, known); run++) {
      younger += Math.exp(logs[run]);
    }
    if (younger < SURE) {
      return ChangeDetector.NONE;
    }
    age = likeliest;
    return likeliest;
  }

  private int likeliest() {
    int best = 0;
    for (int run = 1; run < logs.length; run++) {
      if (logs[run] > logs[best]) {
        best = run;
      }
    }
    return best;
  }

  /** How likely the example is after each length of run. */
  private double[] predictions(float[] sketch, int label) {
    double[] said = new double[logs.length];
    double[] sum = new double[sketch.length];
    int same = 0;
    double gaussian = gaussian(sketch, sum, 0);
    int kinds = recent.kinds();
    for (int run = 0; run < logs.length; run++) {
      if (run > 0 && recent.label(run - 1) == label) {
        recent.addTo(sum, run - 1);
        same++;
        gaussian = gaussian(sketch, sum, same);
      }
      said[run] = gaussian + (labels ? Math.log((same + 1.0) / (run + kinds)) : 0);
    }
    return said;
  }

  /** Of a sketch, given so many of its class and their sum. */
  private double gaussian(float[] sketch, double[] sum, int count) {
    double log = 0;
    for (int i = 0; i < sketch.length; i++) {
      double own = Math.max(within[i], 1e-6 * all[i] + 1e-12);
      double between = Math.max(all[i] - own, 0.05 * all[i] + 1e-12);
      double precision = 1 / between + count / own;
      double expected = (mean[i] / between + sum[i] / own) / precision;
      double variance = own + 1 / precision;
      double off = sketch[i] - expected;
      log -= 0.5 * (Math.log(variance) + Math.min(off * off / variance, FARTHEST));
    }
    return TEMPER * log;
  }

  /** Takes the example into the variances. */
  private void learn(float[] sketch, int label) {
    double rate = 1 / Math.min(seen + 1.0, MEMORY);
    double[] sum = new double[sketch.length];
    int same = 0;
    int run = likeliest() - 1;
    for (int back = 0; back < Math.min(run, recent.count()); back++) {
      if (recent.label(back) == label) {
        recent.addTo(sum, back);
        same++;
      }
    }
    for (int i = 0; i < sketch.length; i++) {
      double off = sketch[i] - mean[i];
      mean[i] += rate * off;
      all[i] += rate * (off * (sketch[i] - mean[i]) - all[i]);
      if (same > 0) {
        double own = sketch[i] - sum[i] / same;
        within[i] += rate * (own * own * same / (same + 1.0) - within[i]);
      } else if (seen < WARM_UP) {
        within[i] = all[i] / 2;
      }
    }
  }

  private static double[] normalised(double[] logs) {
    double total = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      total = plus(total, log);
    }
    for (int i = 0; i < logs.length; i++) {
      logs[i] -= total;
    }
    return logs;
  }

  private static double plus(double a, double b) {
    double most = Math.max(a, b);
    return most == Double.NEGATIVE_INFINITY
        ? most
        : most + Math.log1p(Math.exp(Math.min(a, b) - most));
  }

  private static double[] doubles(DataInputStream in) throws IOException {
    double[] numbers = new double[in.readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readDouble();
    }
    return numbers;
  }
}
