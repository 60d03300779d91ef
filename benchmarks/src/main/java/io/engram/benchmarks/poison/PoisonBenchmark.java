package io.engram.benchmarks.poison;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Machine;
import io.engram.benchmarks.Rounds;
import io.engram.core.learning.LifelongSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Honest keys' score with poison in the stream, beside the same stream without. */
final class PoisonBenchmark {

  private static final int JUDGED = 200;
  private static final double WORSE = 1.02;
  private static final double WORSE_UNDER_FLOOD = 1.03;
  private static final double POINTS = 0.01;
  private static final double POINTS_UNDER_FLOOD = 0.03;

  private final int length;
  private final int rounds;
  private final int flood;
  private final List<Contestant> contestants;
  private final List<Poison> poisons;
  private final Consumer<String> progress;

  /**
   * @param length honest tasks of a stream
   * @param rounds streams of each kind, of other seeds
   * @param flood tasks of the key that sends nearly everything, for each honest one
   */
  PoisonBenchmark(
      int length,
      int rounds,
      int flood,
      List<Contestant> contestants,
      List<Poison> poisons,
      Consumer<String> progress) {
    this.length = length;
    this.rounds = rounds;
    this.flood = flood;
    this.contestants = contestants;
    this.poisons = poisons;
    this.progress = progress;
  }

  BenchReport run() {
    List<Case> cases = new ArrayList<>();
    for (Contestant contestant : contestants) {
      LifelongSettings settings = contestant.settings();
      for (Poison poison : poisons) {
        compare(contestant, settings, poison, cases);
      }
    }
    return new BenchReport("poison", Machine.here(), cases);
  }

  private void compare(
      Contestant contestant, LifelongSettings settings, Poison poison, List<Case> cases) {
    Rounds clean = new Rounds();
    Rounds poisoned = new Rounds();
    double cleanSum = 0;
    double poisonedSum = 0;
    long keptOut = 0;
    boolean finite = true;
    for (int round = 0; round < rounds; round++) {
      Stream stream = new Stream(length, contestant.classes(), flood, 3 + round);
      Trial.Outcome without = Trial.of(settings, stream.sent(poison, true), JUDGED);
      Trial.Outcome with = Trial.of(settings, stream.sent(poison, false), JUDGED);
      clean.add(without.score());
      poisoned.add(with.score());
      cleanSum += without.score();
      poisonedSum += with.score();
      keptOut += with.quarantine().absurd() + with.quarantine().beyondShare();
      finite &= with.finite();
    }
    String name = contestant.name() + "/" + poison.words();
    cases.add(
        judged(
            name,
            contestant.classes(),
            poison,
            new Means(
                cleanSum / rounds,
                finite ? poisonedSum / rounds : Double.NaN,
                clean.spread(),
                poisoned.spread())));
    cases.add(Case.of(name, "tasks kept out", (double) keptOut / rounds, "tasks"));
    Case shown = cases.get(cases.size() - 2);
    progress.accept(
        "%s: %.4f, clean %.4f, %d kept out"
            .formatted(name, shown.value(), cleanSum / rounds, keptOut));
  }

  private record Means(double clean, double poisoned, String spreadOfClean, String spread) {}

  private static Case judged(String name, boolean classes, Poison poison, Means means) {
    boolean flood = poison == Poison.FLOOD;
    Case line =
        Case.of(
            name,
            classes ? "accuracy of honest keys" : "error of honest keys",
            means.poisoned(),
            classes ? "share" : "mse",
            means.spread());
    if (!classes) {
      return line.atMost(
          flood ? WORSE_UNDER_FLOOD : WORSE, "clean", means.poisoned() / means.clean());
    }
    double points = flood ? POINTS_UNDER_FLOOD : POINTS;
    return line.versus("clean", means.poisoned() / means.clean())
        .goal("clean − %.2f".formatted(points), means.poisoned() >= means.clean() - points);
  }
}
