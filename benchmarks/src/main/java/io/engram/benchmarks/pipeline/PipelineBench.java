package io.engram.benchmarks.pipeline;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Ports;
import io.engram.benchmarks.Rounds;
import io.engram.benchmarks.crash.RoleProcesses;
import io.engram.benchmarks.crash.Waiting;
import io.engram.client.Engram;
import io.engram.client.EngramConfig;
import io.engram.client.ModelSubscription;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Throughput and latency of everything together. */
final class PipelineBench {

  /**
   * How much of it.
   *
   * @param waves of a round, behind those that warm it up
   * @param rounds with metrics, and as many without
   * @param late waves whose way is followed
   */
  record Size(int waves, int rounds, int late) {}

  private static final List<String> ROLES = List.of("registry", "learner", "ingest", "predict");
  private static final int WARM_UP = 200;
  private static final double MOST_FOR_METRICS = 0.02;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final List<String> STREAM =
      List.of(
          "ingest.examples.target=regression",
          "ingest.grouping.size=" + Waves.POINTS,
          "ingest.split.support=10",
          "learner.network=input(1) dense(40) relu dense(40) relu dense(1) mse",
          "learner.zero-head=false",
          "learner.inner-steps=5",
          "learner.inner-step-size=0.01",
          "learner.train-queries=0");

  /** Groups of four tasks between two candidates; what is sent is a multiple of these. */
  private static final int PUBLISH_EVERY = 10;

  private final Size size;
  private final Consumer<String> progress;

  PipelineBench(Size size, Consumer<String> progress) {
    this.size = size;
    this.progress = progress;
  }

  List<Case> run() throws InterruptedException {
    Rounds with = new Rounds();
    Rounds without = new Rounds();
    for (int round = 0; round < size.rounds(); round++) {
      // In turns, and each goes first as often as the other.
      for (boolean metrics : new boolean[] {round % 2 == 0, round % 2 != 0}) {
        double rate = throughput(metrics);
        (metrics ? with : without).add(rate);
        progress.accept(
            "round %d, %s metrics: %.0f tasks/s"
                .formatted(round + 1, metrics ? "with" : "without", rate));
      }
    }
    double cost = 1 - with.median() / without.median();
    List<Case> cases = new ArrayList<>();
    cases.add(Case.of("everything on", "examples", Waves.POINTS * with.median(), "/s"));
    cases.add(Case.of("everything on", "tasks", with.median(), "/s", with.spread()));
    cases.add(Case.of("without metrics", "tasks", without.median(), "/s", without.spread()));
    cases.add(
        Case.of("metrics, scraped every second", "cost", cost, "")
            .goal("< " + MOST_FOR_METRICS, cost < MOST_FOR_METRICS));
    cases.addAll(latency());
    return cases;
  }

  /** Tasks a second, from the first that is sent until all are learned from and published. */
  private double throughput(boolean metrics) throws InterruptedException {
    List<String> settings = new ArrayList<>(STREAM);
    settings.add("learner.group-size=4");
    settings.add("learner.publish-every=" + PUBLISH_EVERY);
    try (RoleProcesses roles = new RoleProcesses(settings)) {
      prepare(roles);
      List<Integer> ports = start(roles, metrics);
      try (Sightings seen = new Sightings(roles.topics(), roles.kafka());
          Waves waves = new Waves(roles.topics(), roles.kafka());
          Scraper scraper = new Scraper(ports)) {
        send(waves, WARM_UP);
        until("what warms up", () -> seen.learned() >= WARM_UP);
        long began = System.nanoTime();
        send(waves, size.waves());
        until("every task", () -> seen.learned() >= waves.sent());
        double rate = size.waves() * 1e9 / (System.nanoTime() - began);
        if (metrics && scraper.scrapes() == 0) {
          throw new IllegalStateException("nobody answered a scrape");
        }
        return rate;
      } finally {
        roles.stop();
      }
    }
  }

  /** One wave after another: each is a task, a group, a candidate and a version of its own. */
  private List<Case> latency() throws InterruptedException {
    List<String> alone = new ArrayList<>(STREAM);
    alone.add("learner.group-size=1");
    alone.add("learner.publish-every=1");
    alone.add("registry.promotion=always");
    Rounds task = new Rounds();
    Rounds candidate = new Rounds();
    Rounds version = new Rounds();
    Rounds all = new Rounds();
    try (RoleProcesses roles = new RoleProcesses(alone)) {
      prepare(roles);
      List<Integer> ports = start(roles, true);
      Map<Long, Long> held = new ConcurrentHashMap<>();
      try (Engram engram = Engram.connect(new EngramConfig(roles.topics(), roles.kafka(), 1));
          ModelSubscription model = engram.subscribe("default");
          Sightings seen = new Sightings(roles.topics(), roles.kafka());
          Waves waves = new Waves(roles.topics(), roles.kafka());
          Scraper scraper = new Scraper(ports)) {
        model.addListener(
            (before, now) ->
                held.putIfAbsent(now.manifest().getLineage().getTasks(), System.nanoTime()));
        int warm = Math.max(10, size.late() / 5);
        for (int wave = 1; wave <= warm + size.late(); wave++) {
          String key = waves.send();
          waves.flush();
          long appended = System.nanoTime();
          long number = wave;
          until(
              "version " + wave,
              () -> held.containsKey(number) && seen.candidates().containsKey(number));
          if (wave > warm) {
            long tasked = seen.tasks().getOrDefault(key, appended);
            long published = seen.candidates().getOrDefault(number, appended);
            long swapped = held.getOrDefault(number, appended);
            task.addNanos(tasked - appended);
            candidate.addNanos(published - tasked);
            version.addNanos(swapped - published);
            all.addNanos(swapped - appended);
          }
        }
        progress.accept("%d waves followed, %d scrapes".formatted(size.late(), scraper.scrapes()));
      } finally {
        roles.stop();
      }
    }
    List<Case> cases = new ArrayList<>();
    hop(cases, "append → task committed", task);
    hop(cases, "task → candidate committed", candidate);
    hop(cases, "candidate → subscriber holds the version", version);
    hop(cases, "append → subscriber holds the version", all);
    return cases;
  }

  private static void hop(List<Case> cases, String name, Rounds rounds) {
    cases.add(Case.of(name, "p50", rounds.median(), "ms", rounds.spread()));
    cases.add(Case.of(name, "p99", rounds.quantile(0.99), "ms"));
  }

  private static void prepare(RoleProcesses roles) {
    TopicAdmin.ensure(
        roles.kafka(),
        List.of(Topic.of(roles.topics().examples(), 1), Topic.of(roles.topics().labels(), 1)));
  }

  private static List<Integer> start(RoleProcesses roles, boolean metrics) {
    List<Integer> ports = new ArrayList<>();
    for (String role : ROLES) {
      String port = "off";
      if (metrics) {
        int free = Ports.free();
        ports.add(free);
        port = Integer.toString(free);
      }
      roles.start(role, role, port);
    }
    return ports;
  }

  private static void send(Waves waves, int count) {
    for (int wave = 0; wave < count; wave++) {
      waves.send();
    }
    waves.flush();
  }

  private static void until(String what, BooleanSupplier done) {
    Waiting.until(what, PATIENCE, done);
  }
}
