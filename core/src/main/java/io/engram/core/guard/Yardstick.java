package io.engram.core.guard;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What labels, or features, are held against: mean and deviation of each column over all tasks that were believed. No single task moves it
 * far: what is absurd does not count, and what lies far out counts as if it lay at the edge.
 */
public final class Yardstick {

  private static final int FEWEST_ROWS = 64;

  /** Rows that lie farther out than they may count as so many deviations. */
  private static final double EDGE = 10;

  /** A column that never varied is held against its size, and more leniently. */
  private static final double LENIENCE = 1e4;

  private ColumnSums sums;
  private Youth youth;
  private Challenge challenge;
  private long tasks;

  Yardstick(int columns) {
    this(new ColumnSums(columns), new Youth(), new Challenge(columns), 0);
  }

  Yardstick(ColumnSums sums, Youth youth, Challenge challenge, long tasks) {
    this.sums = sums;
    this.youth = youth;
    this.challenge = challenge;
    this.tasks = tasks;
  }

  /** Whether it has seen enough to judge. */
  boolean settled() {
    return tasks >= Youth.TASKS && sums.count() >= FEWEST_ROWS;
  }

  /** The column in which a task lies farthest out; null before it can be told. */
  @Nullable Far look(List<float[]> parts, Reach reach) {
    if (!settled()) {
      return null;
    }
    Far farthest = null;
    for (int j = 0; j < sums.columns(); j++) {
      Far far = look(parts, j, reach);
      if (farthest == null || worse(far, farthest)) {
        farthest = far;
      }
    }
    return farthest;
  }

  private static boolean worse(Far one, Far other) {
    if (one.absurd() != other.absurd()) {
      return one.absurd();
    }
    return one.shifted() != other.shifted() ? one.shifted() : one.deviations() > other.deviations();
  }

  private Far look(List<float[]> parts, int column, Reach reach) {
    double mean = sums.mean()[column];
    double deviation = sums.deviation(column);
    double unit = deviation > 0 ? deviation : LENIENCE * Math.max(1, Math.abs(mean));
    int columns = sums.columns();
    double squares = 0;
    double largest = 0;
    float value = 0;
    int beyond = 0;
    int rows = 0;
    for (float[] part : parts) {
      for (int at = column; at < part.length; at += columns) {
        double off = Math.abs(part[at] - mean) / unit;
        squares += off * off;
        beyond += off > reach.shifted() ? 1 : 0;
        rows++;
        if (off > largest) {
          largest = off;
          value = part[at];
        }
      }
    }
    boolean shifted = rows > 0 && 2 * beyond >= rows;
    boolean absurd =
        largest > reach.single() || Math.sqrt(squares / Math.max(1, rows)) > reach.together();
    return new Far(column, value, largest, absurd || (reach.cut() && shifted), shifted);
  }

  /** Counts a task that is believed. */
  void believe(long key, long arrival, List<float[]> parts) {
    if (youth.samples().isEmpty() && settled()) {
      parts.forEach(part -> sums.add(pulledIn(part)));
    } else {
      ColumnSums task = new ColumnSums(sums.columns());
      parts.forEach(task::add);
      parts.forEach(sums::add);
      youth.add(key, arrival, task);
    }
    tasks++;
    if (!challenge.idle() && challenge.stayed()) {
      challenge = new Challenge(sums.columns());
    }
  }

  /** The rows with what lies farther out than the limit at the edge; the same array where nothing does. */
  private float[] pulledIn(float[] rows) {
    float[] pulled = rows;
    for (int i = 0; i < rows.length; i++) {
      int column = i % sums.columns();
      double off = rows[i] - sums.mean()[column];
      double deviation = sums.deviation(column);
      if (deviation > 0 && Math.abs(off) > Limits.USUAL.labels() * deviation) {
        pulled = pulled == rows ? rows.clone() : pulled;
        pulled[i] = (float) (sums.mean()[column] + Math.signum(off) * EDGE * deviation);
      }
    }
    return pulled;
  }

  /**
   * Holds the first tasks against each other.
   *
   * @return who had to leave: when they came
   */
  Set<Long> sift(double farthest) {
    Set<Long> left = new HashSet<>();
    Optional<Youth.Sample> next = youth.expel(farthest);
    while (next.isPresent()) {
      left.add(next.get().arrival());
      next = youth.expel(farthest);
    }
    if (!left.isEmpty()) {
      sums = youth.sums(sums.columns());
    }
    if (settled() && youth.samples().size() >= Youth.TASKS) {
      youth = new Youth();
    }
    return left;
  }

  /**
   * A task that has moved away with others, or alone.
   *
   * @param active keys active lately
   * @return whether so many have that they are what is ordinary from now on
   */
  boolean moved(long key, int active, List<float[]> parts, Reach reach) {
    ColumnSums task = new ColumnSums(sums.columns());
    parts.forEach(task::add);
    challenge.moved(key, active, task);
    if (!challenge.won()) {
      return false;
    }
    ColumnSums now = challenge.sums();
    sums = new ColumnSums(sums.mean().clone(), scaled(sums, now.count()), now.count());
    for (int j = 0; j < sums.columns(); j++) {
      double deviation = sums.deviation(j);
      double reached = deviation > 0 ? deviation * reach.shifted() : Double.MIN_VALUE;
      if (now.distance(j, sums.mean()[j]) > reached) {
        sums.take(j, now);
      }
    }
    challenge = new Challenge(sums.columns());
    return true;
  }

  private static double[] scaled(ColumnSums sums, long count) {
    double[] squares = sums.squares().clone();
    for (int j = 0; j < squares.length; j++) {
      squares[j] *= (double) count / Math.max(1, sums.count());
    }
    return squares;
  }

  /** Mean, and sum of squared differences, of all that was believed; live. */
  public ColumnSums sums() {
    return sums;
  }

  Youth youth() {
    return youth;
  }

  Challenge challenge() {
    return challenge;
  }

  long tasks() {
    return tasks;
  }

  Yardstick copy() {
    return new Yardstick(sums.copy(), youth.copy(), challenge.copy(), tasks);
  }
}
