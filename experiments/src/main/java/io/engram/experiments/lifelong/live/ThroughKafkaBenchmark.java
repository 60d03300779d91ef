package io.engram.experiments.lifelong.live;

import static java.util.Objects.requireNonNull;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Directories;
import io.engram.benchmarks.Machine;
import io.engram.benchmarks.learning.Durations;
import io.engram.benchmarks.learning.Mean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** All arms on every seed's stream, one after another; what they show as a report, a plot, and the sittings themselves. */
public final class ThroughKafkaBenchmark {

  private static final double LARGEST_LOSS = 2;

  /** About each alphabet; a tenth of a point of standard error is not what curves are looked at for. */
  private static final int CURVE_QUESTIONS = 5;

  private final Alphabets alphabets;
  private final LivePlan plan;
  private final List<Long> seeds;
  private final Path directory;
  private final Consumer<String> say;
  private final SittingFile file;

  /**
   * A bench.
   *
   * @param directory where sittings, plot and report are left, and the state of a run while it runs
   */
  public ThroughKafkaBenchmark(
      Alphabets alphabets, LivePlan plan, List<Long> seeds, Path directory, Consumer<String> say) {
    this.alphabets = alphabets;
    this.plan = plan;
    this.seeds = List.copyOf(seeds);
    this.directory = directory;
    this.say = say;
    this.file = new SittingFile(directory.resolve("sittings.jsonl"));
  }

  /** Runs what has not been run yet. */
  public BenchReport run() {
    Machine machine = Machine.here();
    say.accept(plan.toString());
    Clock clock = new Clock();
    Map<Arm, Curves> arms = new EnumMap<>(Arm.class);
    for (Arm arm : Arm.values()) {
      List<Curves.Run> runs = new ArrayList<>();
      for (long seed : seeds) {
        Itinerary itinerary = itinerary(seed);
        runs.add(new Curves.Run(plan, itinerary, sittings(arm, seed, itinerary, clock)));
      }
      arms.put(arm, new Curves(arm, runs));
    }
    BenchReport report = new BenchReport("lifelong", machine, cases(arms));
    leave(report, List.copyOf(arms.values()));
    return report;
  }

  private List<Sitting> sittings(Arm arm, long seed, Itinerary itinerary, Clock clock) {
    AlphabetSessions sessions =
        new AlphabetSessions(alphabets, itinerary, plan.task(), plan.stretches().sessions(), seed);
    Exam exam = new Exam(alphabets, plan.task(), plan.questions(), seed);
    AdaptationExam adaptation =
        new AdaptationExam(
            alphabets,
            itinerary.unseen(),
            plan.task().ways(),
            Math.min(CURVE_QUESTIONS, plan.questions()),
            seed);
    LiveRun run = new LiveRun(plan, sessions, exam, adaptation, arm, seed);
    String identity = run.identity();
    int sat = file.of(identity, arm, seed).size();
    clock.earlier(sat);
    if (sat < plan.exams()) {
      Path state =
          directory.resolve(
              "%s-%d-%08x"
                  .formatted(arm.name().toLowerCase(Locale.ROOT), seed, identity.hashCode()));
      run.run(
          sat + 1,
          state,
          sitting -> {
            file.add(sitting);
            say.accept(clock.line(sitting, itinerary));
          });
      Directories.delete(state);
    }
    return file.of(identity, arm, seed);
  }

  private void leave(BenchReport report, List<Curves> arms) {
    Path json = directory.resolve("through-kafka.json");
    Path plot = directory.resolve("through-kafka.svg");
    try {
      Files.writeString(json, report.json() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + json, e);
    }
    CurvesPlot.write(arms, plot);
    say.accept("figures in %s, curves in %s".formatted(json, plot));
  }

  private List<Case> cases(Map<Arm, Curves> arms) {
    List<Case> cases = new ArrayList<>();
    for (Curves curves : arms.values()) {
      String name = curves.arm().label();
      int last = curves.exams();
      cases.add(Case.of(name, "before learning, all tasks", curves.prequential(), "%", ""));
      cases.add(
          Case.of(name, "before learning, at the end", curves.prequential(last).value(), "%", ""));
      cases.add(figure(name, "all alphabets seen, at the end", curves.retained(last)));
      cases.add(figure(name, "early alphabets, best", curves.early(curves.bestOnEarly())));
      cases.add(figure(name, "early alphabets, at the end", curves.early(last)));
      cases.add(loss(curves));
      cases.add(deepestFall(curves));
      cases.add(figure(name, "never seen, first quarter", curves.unseen(plan.quarter())));
      cases.add(transfer(curves));
      curves
          .adaptation(last, AdaptationCurves::overSteps)
          .forEach((steps, mean) -> cases.add(point(name, "never seen, steps: " + steps, mean)));
      curves
          .adaptation(last, AdaptationCurves::overShots)
          .forEach((shots, mean) -> cases.add(point(name, "never seen, shots: " + shots, mean)));
    }
    cases.add(nearestNeighbour());
    cases.add(
        replayMatters(
            requireNonNull(arms.get(Arm.FULL)), requireNonNull(arms.get(Arm.WITHOUT_REPLAY))));
    return cases;
  }

  private Case loss(Curves curves) {
    Mean loss = curves.lossOnEarly();
    boolean aimed = plan.aims() && curves.arm() == Arm.FULL;
    return Case.of(
            curves.arm().label(),
            "early alphabets, best − end",
            loss.value(),
            "points",
            loss.spread())
        .goal(aimed ? "<= " + LARGEST_LOSS : null, aimed ? loss.value() <= LARGEST_LOSS : null);
  }

  /** Without replay it must show that there is something to forget. */
  private Case deepestFall(Curves curves) {
    double fall = curves.deepestFallOnEarly();
    boolean aimed = plan.aims() && curves.arm() == Arm.WITHOUT_REPLAY;
    return Case.of(curves.arm().label(), "early alphabets, deepest fall", fall, "points")
        .goal(aimed ? "> " + LARGEST_LOSS : null, aimed ? fall > LARGEST_LOSS : null);
  }

  /** Forward transfer: the interval at the end must lie above that at the first quarter. */
  private Case transfer(Curves curves) {
    Mean quarter = curves.unseen(plan.quarter());
    Mean end = curves.unseen(curves.exams());
    boolean aimed = plan.aims() && curves.arm() == Arm.FULL;
    double above = quarter.value() + quarter.halfWidth();
    return Case.of(curves.arm().label(), "never seen, at the end", end.value(), "%", end.spread())
        .versus("first quarter", end.value() / quarter.value())
        .goal(
            aimed ? String.format(Locale.ROOT, "interval above %.2f", above) : null,
            aimed ? end.value() - end.halfWidth() > above : null);
  }

  private Case replayMatters(Curves full, Curves without) {
    Mean ahead = full.aheadOnEarly(without);
    return Case.of(
            "full − without replay",
            "early alphabets, at the end",
            ahead.value(),
            "points",
            ahead.spread())
        .goal(
            plan.aims() ? "interval above 0" : null,
            plan.aims() ? ahead.value() - ahead.halfWidth() > 0 : null);
  }

  private Case nearestNeighbour() {
    double[] scores =
        seeds.stream()
            .flatMapToDouble(
                seed ->
                    Arrays.stream(
                        new Exam(alphabets, plan.task(), plan.questions(), seed)
                            .nearestNeighbour(itinerary(seed).unseen())))
            .toArray();
    return figure("pixel nearest neighbour", "never seen", Mean.of(scores, Double.MAX_VALUE));
  }

  private Itinerary itinerary(long seed) {
    return Itinerary.draw(alphabets.names(), plan.early(), plan.stretches().count(), seed);
  }

  private static Case point(String name, String metric, Mean mean) {
    String interval = String.format(Locale.ROOT, "± %.1f", mean.halfWidth());
    return Case.of(name, metric, mean.value(), "%", interval);
  }

  private static Case figure(String name, String metric, Mean mean) {
    return Case.of(name, metric, mean.value(), "%", mean.spread());
  }

  /** How far the bench is. */
  private final class Clock {
    private final int total = Arm.values().length * seeds.size() * plan.exams();
    private final long began = System.nanoTime();
    private int before;
    private int done;

    void earlier(int sittings) {
      before += sittings;
    }

    String line(Sitting sitting, Itinerary itinerary) {
      done++;
      double each = (System.nanoTime() - began) / 1e9 / done;
      int stretches = sitting.exam() * plan.stretches().perExam();
      return String.format(
          Locale.ROOT,
          "%3d of %d  %-20s seed %d  %,5d tasks  before learning %.1f  seen %.1f  early %.1f  never seen %.1f  %s left",
          before + done,
          total,
          sitting.examinee().arm(),
          sitting.examinee().seed(),
          sitting.tasks(),
          sitting.prequential(),
          mean(sitting.about(itinerary.seenAfter(stretches))),
          mean(sitting.about(itinerary.early())),
          mean(sitting.about(itinerary.unseen())),
          Durations.of(each * (total - before - done)));
    }

    private double mean(double[] scores) {
      return Mean.of(scores, Double.MAX_VALUE).value();
    }
  }
}
