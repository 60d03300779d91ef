package io.engram.benchmarks.registry;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Rounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/** Hostile clients at some ports for some seconds, and somebody who asks each port for its health meanwhile. */
final class Siege {

  private static final double GOAL_MILLIS = 100;
  private static final int THREADS_LEFT = 8;

  private final List<Integer> ports;
  private final int clients;
  private final int seconds;
  private final AtomicBoolean on = new AtomicBoolean(true);
  private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();

  Siege(List<Integer> ports, int clients, int seconds) {
    this.ports = ports;
    this.clients = clients;
    this.seconds = seconds;
  }

  /** Lays it, and tells what came of it. */
  List<Case> run(String name, List<HostileKind> kinds) throws InterruptedException {
    int threadsBefore = Thread.activeCount();
    List<HealthProbe> probes = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int port : ports) {
      for (int i = 0; i < clients; i++) {
        HostileKind kind = kinds.get(i % kinds.size());
        threads.add(new Thread(() -> attack(kind, port, on::get), "hostile-" + i));
      }
      HealthProbe probe = new HealthProbe(port, on::get);
      probes.add(probe);
      threads.add(new Thread(probe, "probe"));
    }
    threads.forEach(Thread::start);
    TimeUnit.SECONDS.sleep(seconds);
    on.set(false);
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    }
    // Connections that nobody closes have their time, and threads that have nothing to do end ten
    // seconds later.
    int left = threadsLeft(threadsBefore);
    return cases(name, probes, left);
  }

  private void attack(HostileKind kind, int port, BooleanSupplier still) {
    while (still.getAsBoolean()) {
      try {
        kind.attack(port, still, this::count);
      } catch (IOException e) {
        count("closed");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void count(String answer) {
    answers
        .computeIfAbsent(answer.isEmpty() ? "closed" : answer, it -> new LongAdder())
        .increment();
  }

  private static int threadsLeft(int before) throws InterruptedException {
    for (int i = 0; i < 120 && Thread.activeCount() > before + THREADS_LEFT; i++) {
      TimeUnit.MILLISECONDS.sleep(250);
    }
    return Thread.activeCount() - before;
  }

  private List<Case> cases(String name, List<HealthProbe> probes, int threadsLeft) {
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < probes.size(); i++) {
      Rounds times = probes.get(i).times();
      String port = i == 0 ? "registry" : "metrics";
      double longest = times.quantile(1);
      cases.add(
          Case.of(name, port + " /health, longest", longest, "ms")
              .goal("<= " + GOAL_MILLIS, longest <= GOAL_MILLIS));
      cases.add(Case.of(name, port + " /health, p99", times.quantile(0.99), "ms", times.spread()));
      int failures = probes.get(i).failures();
      cases.add(
          Case.of(name, port + " /health, not answered 200", failures, "calls")
              .goal("0", failures == 0));
    }
    Map<String, Long> counted = new TreeMap<>();
    answers.forEach((answer, count) -> counted.put(answer, count.sum()));
    counted.forEach(
        (answer, count) -> cases.add(Case.of(name, "answers: " + answer, (double) count, "")));
    long wrong =
        counted.entrySet().stream()
            .filter(it -> it.getKey().equals("500") || it.getKey().startsWith("taken"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    cases.add(Case.of(name, "answers 500, or taken", (double) wrong, "").goal("0", wrong == 0));
    cases.add(
        Case.of(name, "threads left", threadsLeft, "")
            .goal("<= " + THREADS_LEFT, threadsLeft <= THREADS_LEFT));
    return cases;
  }
}
