package io.engram.benchmarks.crash;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Directories;
import io.engram.benchmarks.Machine;
import io.engram.benchmarks.crash.ProcessFigures.OpenFiles;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A steady stream, and what the learner takes of the machine meanwhile. */
final class SoakBenchmark {

  private static final String LINE = "soak";
  static final int TASKS_PER_SECOND = 50;
  private static final int SAMPLES = 240;
  private static final double MEGABYTE = 1 << 20;

  /** A shorter run is all warm-up: compilers and write buffers still fill what they are allowed. */
  private static final double SHORTEST_JUDGED_MINUTES = 10;

  /** The memory is full long before the warm-up is over. */
  private static final List<String> LEARNER = List.of("learner.memory-capacity=300");

  private final double minutes;
  private final Consumer<String> say;

  SoakBenchmark(double minutes, Consumer<String> say) {
    this.minutes = minutes;
    this.say = say;
  }

  BenchReport run() {
    Machine machine = Machine.here();
    Path directory = Directories.temporary();
    try (Plant plant = new Plant(directory, CrashWorkload.sines());
        Child broker = plant.startBroker()) {
      String topic = plant.topics(LINE).tasks();
      TopicAdmin.ensure(plant.bootstrap(), List.of(Topic.of(topic, 1)));
      try (TaskFeed feed = plant.feed(topic);
          Child learner = plant.startSteadyLearner(LINE, LEARNER)) {
        Thread thread = new Thread(() -> feed.trickle(TASKS_PER_SECOND), "feed");
        thread.start();
        Waiting.until(() -> plant.gauges().read(Plant.TASKS).orElse(0) > 0);
        Map<String, Trend> trends = watch(plant, learner, directory.resolve(LINE));
        double tasks = plant.gauges().read(Plant.TASKS).orElse(Double.NaN);
        feed.stop();
        learner.stop();
        broker.stop();
        List<Case> cases = cases(trends, tasks);
        say.accept("hours of commits at once");
        new StoreFilesCases(directory.resolve("commits"), minutes).addTo(cases);
        return new BenchReport("soak", machine, cases);
      }
    }
  }

  private Map<String, Trend> watch(Plant plant, Child learner, Path store) {
    Map<String, Trend> trends = new LinkedHashMap<>();
    ProcessFigures process = new ProcessFigures(learner.pid());
    long start = System.nanoTime();
    long step = (long) (minutes * 60e9 / SAMPLES);
    for (int i = 0; i < SAMPLES; i++) {
      LockSupport.parkNanos(start + i * step - System.nanoTime());
      double hours = (System.nanoTime() - start) / 3.6e12;
      add(trends, "resident memory MB", hours, process.residentBytes() / MEGABYTE);
      add(trends, "heap in use MB", hours, plant.gauges().sum(HEAP) / MEGABYTE);
      add(trends, "RocksDB memory MB", hours, plant.gauges().sum(STORE_MEMORY) / MEGABYTE);
      add(trends, "store on disk MB", hours, Directories.bytes(store) / MEGABYTE);
      OpenFiles open = process.openFiles(store);
      add(trends, STORE_FILES, hours, (double) open.within());
      add(trends, "other file handles", hours, (double) open.others());
      add(trends, "threads", hours, (double) process.threads());
      if (i % (SAMPLES / 4) == 0) {
        say.accept(
            String.format(
                Locale.ROOT, "%.1f minutes, %s", hours * 60, trends.get("resident memory MB")));
      }
    }
    return trends;
  }

  private static final String STORE_FILES = "store files open";
  private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";
  private static final String STORE_MEMORY = "engram_learner_store_memory_bytes";

  private static void add(Map<String, Trend> trends, String what, double hours, double value) {
    trends.computeIfAbsent(what, it -> new Trend()).add(hours, value);
  }

  private List<Case> cases(Map<String, Trend> trends, double tasks) {
    List<Case> cases = new ArrayList<>();
    String name = String.format(Locale.ROOT, "%.1f minutes", minutes);
    boolean judged = minutes >= SHORTEST_JUDGED_MINUTES;
    cases.add(Case.of(name, "tasks learned from", tasks, "tasks"));
    trends.forEach(
        (what, trend) -> {
          Trend.Slope slope = trend.slopeAfterWarmUp();
          cases.add(Case.of(name, what, slope.mean(), "", "mean after warm-up"));
          // The store's files go up and down over some ten thousand commits, which are hours here:
          // StoreFilesCases judges them.
          boolean judgedHere = judged && !what.equals(STORE_FILES);
          cases.add(
              Case.of(
                      name,
                      what + " per hour",
                      slope.perHour(),
                      "",
                      String.format(Locale.ROOT, "± %.3f", slope.halfWidth()))
                  .goal(
                      judgedHere ? "<= 0 within its 95 % interval" : null,
                      judgedHere ? slope.perHour() - slope.halfWidth() <= 0 : null));
        });
    return cases;
  }
}
