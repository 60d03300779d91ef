package io.engram.benchmarks.crash;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Directories;
import io.engram.benchmarks.Machine;
import io.engram.core.learning.Progress;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Kills, compares, and times the restart. */
final class CrashBenchmark {

  private static final String KILLED = "killed";
  private static final String CALM = "calm";
  private static final String FULL = "full";
  private static final int TASKS_PER_SECOND = 60;

  /** A candidate is due every second group of four, so that many kills fall near a publication. */
  private static final List<String> LEARNER =
      List.of("learner.memory-capacity=500", "learner.publish-every=2");

  private static final int CUT = 8;
  private static final int RESTARTS = 3;
  private static final double RESTART_GOAL_SECONDS = 3;

  private final CrashWorkload workload;
  private final int kills;
  private final int memory;
  private final long seed;
  private final Consumer<String> say;

  /**
   * @param memory tasks in memory at the timed restart; 0 to time none
   */
  CrashBenchmark(CrashWorkload workload, int kills, int memory, long seed, Consumer<String> say) {
    this.workload = workload;
    this.kills = kills;
    this.memory = memory;
    this.seed = seed;
    this.say = say;
  }

  BenchReport run() {
    Machine machine = Machine.here();
    List<Case> cases = new ArrayList<>();
    try (Plant plant = new Plant(Directories.temporary(), workload)) {
      Killer killer = new Killer(plant, KILLED, LEARNER, seed, say);
      try {
        if (kills > 0) {
          long tasks = interrupted(plant, killer);
          say.accept("the same %d tasks, left alone".formatted(tasks));
          uninterrupted(plant, tasks);
          compare(plant, killer, tasks, cases);
        } else {
          killer.learner().stop();
        }
        if (memory > 0) {
          restarts(plant, cases);
        }
      } finally {
        killer.learner().close();
        killer.broker().close();
      }
    }
    return new BenchReport("crash", machine, cases);
  }

  /** Feeds at a steady rate while the killer is at work, then lets the learner finish. */
  private long interrupted(Plant plant, Killer killer) {
    try (TaskFeed feed = plant.feed(createTasks(plant, KILLED))) {
      Thread thread = new Thread(() -> feed.trickle(TASKS_PER_SECOND), "feed");
      thread.start();
      killer.kill(kills);
      feed.stop();
      join(thread);
      feed.send((int) ((CUT - feed.sent() % CUT) % CUT));
      killer.awaitTasks(feed.sent());
      killer.learner().stop();
      return feed.sent();
    }
  }

  private static void uninterrupted(Plant plant, long tasks) {
    try (TaskFeed feed = plant.feed(createTasks(plant, CALM));
        Child learner = plant.startLearner(CALM, LEARNER)) {
      feed.send((int) tasks);
      Waiting.until(() -> plant.gauges().read(Plant.TASKS).orElse(0) >= tasks);
      learner.stop();
    }
  }

  private void compare(Plant plant, Killer killer, long tasks, List<Case> cases) {
    Line killed = line(plant, KILLED);
    Line calm = line(plant, CALM);
    Progress progress = killed.progress();
    String name = "kill -9";
    cases.add(count(name, "of the learner", killer.learnerKills(), "kills"));
    cases.add(count(name, "of the broker", killer.brokerKills(), "kills"));
    cases.add(count(name, "learner ended itself, restarted", killer.ownEnds(), "times"));
    cases.add(count(name, "tasks", tasks, "tasks"));
    cases.add(count(name, "versions published", killed.versions().size(), "versions"));
    cases.add(none(name, "numbers of θ and its company differing", killed.differingNumbers(calm)));
    cases.add(none(name, "memory slots differing", killed.differingSlots(calm)));
    cases.add(none(name, "published versions differing", killed.differingVersions(calm)));
    cases.add(
        none(name, "scores, positions differing", killed.books().equals(calm.books()) ? 0 : 1));
    long learned = progress.examples();
    long given = tasks * SineTasks.EXAMPLES;
    cases.add(none(name, "examples lost", Math.max(0, given - learned) + progress.refused()));
    cases.add(none(name, "examples learned twice", Math.max(0, learned - given)));
  }

  private static Line line(Plant plant, String line) {
    return Line.read(
        plant.config(line, LEARNER),
        PublishedVersions.read(plant.bootstrap(), plant.topics(line).modelCandidates()));
  }

  /** Fills a memory, then kills the learner and waits for the first outer step after the restart. */
  private void restarts(Plant plant, List<Case> cases) {
    say.accept("filling a memory of %d tasks".formatted(memory));
    List<String> settings =
        List.of(
            "learner.memory-capacity=" + memory,
            "learner.outer-steps=1",
            "learner.group-size=" + CUT,
            "learner.score-untrained=false");
    double[] seconds = new double[RESTARTS];
    double[] cpuSeconds = new double[RESTARTS];
    try (TaskFeed feed = plant.feed(createTasks(plant, FULL))) {
      Child learner = plant.startLearner(FULL, settings);
      try {
        feed.send(memory + CUT - memory % CUT);
        Waiting.until(() -> plant.gauges().read(Plant.TASKS).orElse(0) >= feed.sent());
        for (int i = 0; i < RESTARTS; i++) {
          double before = plant.gauges().read(Plant.META_UPDATES).orElseThrow();
          learner.kill();
          feed.send(CUT);
          long start = System.nanoTime();
          learner = plant.startLearner(FULL, settings);
          Waiting.until(() -> plant.gauges().read(Plant.META_UPDATES).orElse(0) > before);
          seconds[i] = (System.nanoTime() - start) / 1e9;
          cpuSeconds[i] = learner.cpuSeconds();
        }
      } finally {
        learner.close();
      }
    }
    String name = "restart, %d tasks in memory".formatted(memory);
    cases.add(median(name, "start to first meta-update", seconds, "<= " + RESTART_GOAL_SECONDS));
    cases.add(median(name, "processor time of that", cpuSeconds, null));
  }

  private static Case median(String name, String metric, double[] seconds, @Nullable String goal) {
    Arrays.sort(seconds);
    double median = seconds[seconds.length / 2];
    return Case.of(
            name,
            metric,
            median,
            "s",
            "%.2f–%.2f".formatted(seconds[0], seconds[seconds.length - 1]))
        .goal(goal, goal == null ? null : median <= RESTART_GOAL_SECONDS);
  }

  private static String createTasks(Plant plant, String line) {
    String topic = plant.topics(line).tasks();
    TopicAdmin.ensure(plant.bootstrap(), List.of(Topic.of(topic, 1)));
    return topic;
  }

  private static Case count(String name, String metric, long value, String unit) {
    return Case.of(name, metric, (double) value, unit);
  }

  private static Case none(String name, String metric, long found) {
    return Case.of(name, metric, (double) found, "").goal("0", found == 0);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
