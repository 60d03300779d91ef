package io.engram.experiments.lifelong;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Says after each run what came out, how far the bench is and how long the rest will take. Thread-safe. */
final class BenchProgress {

  private final Consumer<String> say;
  private final int total;
  private final long started = System.nanoTime();
  private double weightToDo;
  private double weightDone;
  private int done;

  /**
   * Nothing done yet.
   *
   * @param runs how many there are
   * @param weight their expected lengths together, in any unit
   */
  BenchProgress(int runs, double weight, Consumer<String> say) {
    this.total = runs;
    this.weightToDo = weight;
    this.say = say;
  }

  /**
   * One more is done.
   *
   * @param result what came out, in a line
   */
  synchronized void finished(String result, double weight) {
    done++;
    weightToDo -= weight;
    weightDone += weight;
    double seconds = (System.nanoTime() - started) / 1e9;
    long left = Math.round(seconds * weightToDo / weightDone);
    say.accept(
        String.format(
            Locale.ROOT,
            "%3d of %d  %s  about %s to go",
            done,
            total,
            result,
            clock(Duration.ofSeconds(left))));
  }

  private static String clock(Duration duration) {
    return String.format(
        Locale.ROOT, "%d:%02d min", duration.toMinutes(), duration.toSecondsPart());
  }
}
