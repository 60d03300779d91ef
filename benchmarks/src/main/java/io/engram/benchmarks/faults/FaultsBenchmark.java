package io.engram.benchmarks.faults;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Machine;
import io.engram.benchmarks.Rounds;
import io.engram.benchmarks.crash.Waiting;
import io.engram.benchmarks.hostile.Books;
import io.engram.benchmarks.hostile.HonestTraffic;
import io.engram.benchmarks.hostile.Remembrance;
import io.engram.benchmarks.hostile.SteadyTraffic;
import io.engram.core.random.RandomStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One fault after another under honest traffic, and an account to the example at the end. */
final class FaultsBenchmark {

  private static final int GROUP = 4;
  private static final int LONGEST_PAUSE = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String TASKS = "engram_learner_tasks_total";

  private final int kills;
  private final int seconds;
  private final RandomStream random;
  private final long seed;
  private final Consumer<String> say;
  private final List<Case> cases = new ArrayList<>();
  private final Rounds recoveries = new Rounds();
  private int endedByThemselves;

  /**
   * @param kills how often a process is killed
   * @param seconds how long one is frozen, and how long a disk is full
   */
  FaultsBenchmark(int kills, int seconds, long seed, Consumer<String> say) {
    this.kills = kills;
    this.seconds = seconds;
    this.seed = seed;
    this.random = new RandomStream(seed);
    this.say = say;
  }

  BenchReport run() {
    boolean disks = Volume.possible();
    if (!disks) {
      say.accept("no disk is filled: only root may mount one");
    }
    try (Works works = new Works(disks);
        SteadyTraffic traffic =
            new SteadyTraffic(new HonestTraffic(works.bootstrap(), seed), () -> {});
        HealthTruth health = new HealthTruth(works)) {
      progress(works, health, "the start");
      for (int kill = 0; kill < kills; kill++) {
        RoleProcess victim = works.all().get(kill % works.all().size());
        Waiting.pause(random.nextInt(LONGEST_PAUSE));
        fault(
            works,
            health,
            new Fault("kill -9 of " + victim.role().word(), null, victim::kill, 0, victim::start));
      }
      for (RoleProcess victim : works.all()) {
        String what =
            victim.role() == Role.BROKER
                ? "broker frozen: every role cut off"
                : victim.role().word() + " frozen";
        fault(works, health, new Fault(what, null, victim::freeze, seconds, victim::thaw));
      }
      for (Volume volume : works.volumes()) {
        fault(
            works,
            health,
            new Fault(
                "full disk of " + volume.role().word(),
                volume.role(),
                volume::fill,
                seconds,
                volume::free));
      }
      account(works, traffic.ended(GROUP), health);
    }
    return new BenchReport("faults", Machine.here(), cases);
  }

  /**
   * What is done, and undone again.
   *
   * @param suffering who is not well meanwhile; null for nobody beside who does not answer
   * @param lasting seconds
   */
  private record Fault(
      String what, @Nullable Role suffering, Runnable done, int lasting, Runnable undone) {}

  /** Does something, undoes it, and waits until examples flow again. */
  private void fault(Works works, HealthTruth health, Fault fault) {
    health.recovering(true);
    fault.done().run();
    health.changed(fault.suffering());
    Waiting.pause(fault.lasting());
    fault.undone().run();
    health.changed();
    double took = progress(works, health, fault.what());
    health.changed();
    health.recovering(false);
    recoveries.add(took);
    say.accept(
        String.format(Locale.ROOT, "%s: examples flow again after %.1f s", fault.what(), took));
    Waiting.pause(2);
  }

  /** Waits for twelve more tasks from examples to the learner, starting again whoever has ended. */
  private double progress(Works works, HealthTruth health, String what) {
    long start = System.nanoTime();
    double[] from = {-1};
    Waiting.lookingEverySecond(
        "examples again, after " + what,
        PATIENCE,
        () -> {
          revive(works, health);
          double now = works.of(Role.LEARNER).gauges().sum(TASKS);
          from[0] = from[0] < 0 && now > 0 ? now : from[0];
          return from[0] >= 0 && now >= from[0] + 3 * GROUP;
        });
    return (System.nanoTime() - start) / 1e9;
  }

  /** As a supervisor does. */
  private void revive(Works works, HealthTruth health) {
    for (RoleProcess process : works.all()) {
      if (!process.alive()) {
        endedByThemselves++;
        say.accept(process.role().word() + " ended: " + process.lastWords());
        process.start();
        health.changed();
      }
    }
  }

  private void account(Works works, HonestTraffic honest, HealthTruth health) {
    Waiting.lookingEverySecond(
        "the last task",
        PATIENCE,
        () -> {
          revive(works, health);
          return works.of(Role.LEARNER).gauges().sum(TASKS) >= (double) honest.tasks()
              && works.of(Role.REGISTRY).gauges().sum("engram_registry_champion")
                  >= (double) candidates(honest);
        });
    Books books = Books.read(works.kafka());
    cases.add(
        Case.of("faults", "kills", kills, "", "and " + seconds + " s each frozen, disk full"));
    cases.add(Case.of("recovery", "median", recoveries.median(), "s", recoveries.spread()));
    cases.add(
        Case.of(
            "recovery",
            "roles that ended by themselves",
            endedByThemselves,
            "",
            "and were started again"));
    cases.add(Case.exactly("examples", "that the broker did not take", honest.undelivered(), 0));
    cases.add(
        Case.exactly("examples", "in tasks", books.rows(HonestTraffic.PREFIX), honest.examples()));
    long wrong =
        honest.examplesByKey().entrySet().stream()
            .filter(it -> !it.getValue().equals(books.rowsByKey().get(it.getKey())))
            .count();
    cases.add(Case.exactly("examples", "keys with more or fewer", wrong, 0));
    cases.add(
        Case.exactly(
            "tasks", "learned from", works.of(Role.LEARNER).gauges().sum(TASKS), honest.tasks()));
    cases.add(
        Case.exactly(
            "versions",
            "registered and promoted",
            works.of(Role.REGISTRY).gauges().sum("engram_registry_champion"),
            candidates(honest)));
    List<String> lies = health.lies();
    cases.add(
        Case.of(
                "health",
                "answers that were not true",
                lies.size(),
                "of " + health.judged(),
                lies.isEmpty()
                    ? null
                    : String.join("; ", lies.stream().distinct().limit(5).toList()))
            .goal("0", lies.isEmpty()));
    works.of(Role.LEARNER).stop();
    cases.add(
        Case.exactly(
            "tasks",
            "that the learner does not remember",
            Remembrance.missing(works.learner(), books.honestOffsets()),
            0));
  }

  /** One for every so many groups, as the learner has it by itself. */
  private static long candidates(HonestTraffic honest) {
    return Math.floorDiv(honest.tasks() / GROUP, EVERY);
  }

  private static final int EVERY = 10;
}
