package io.engram.experiments.plasticity;

import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Says now and then how far learners have come and how long the rest will take. Thread-safe. */
final class Pace {

  private static final long BETWEEN_NANOS = 5_000_000_000L;

  private final Consumer<String> say;
  private final long started = System.nanoTime();
  private double toDo;
  private double done;
  private long said = started;

  /** Of learners that have not begun. */
  Pace(Consumer<String> say) {
    this.say = say;
  }

  /**
   * There is more to do.
   *
   * @param weight of a task, in any unit of time
   */
  synchronized void toDo(int tasks, double weight) {
    toDo += tasks * weight;
  }

  /** What to tell after each task of a learner: its number and the percentage right. */
  BiConsumer<Integer, Double> of(Contestant contestant) {
    return (task, right) -> after(contestant, task, right);
  }

  private synchronized void after(Contestant contestant, int task, double right) {
    done += contestant.weight();
    long now = System.nanoTime();
    if (now - said < BETWEEN_NANOS) {
      return;
    }
    said = now;
    long left = Math.round((now - started) / 1e9 * (toDo - done) / done);
    say.accept(
        String.format(
            Locale.ROOT,
            "%-30s task %4d  %5.2f %% right  about %d:%02d min to go",
            contestant.label(),
            task,
            right,
            left / 60,
            left % 60));
  }
}
