package io.engram.experiments.plasticity;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Machine;
import io.engram.experiments.lifelong.Digits;
import io.engram.experiments.lifelong.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** {@code bench plasticity}: learners × seeds, one on each core at a time. */
final class PlasticityBenchmark {

  /** Points that ours may lose of its best. */
  private static final double LOSS = 0.3;

  /** Dohare et al. 2024, extended data, figures 3 and 4. */
  private static final String PUBLISHED =
      "published (tasks of 60,000): online SGD .003 falls from 93.3 to 88 % within 100 tasks; L2 and shrink and perturb lose little, continual backprop nothing";

  private final Digits digits;
  private final Path directory;
  private final Plan plan;
  private final Consumer<String> say;

  /**
   * What to run.
   *
   * @param tasks of each stream; 800 in the paper
   * @param examples of each task; 60,000 in the paper
   */
  record Plan(List<Contestant> contestants, List<Long> seeds, int tasks, int examples) {}

  PlasticityBenchmark(Digits digits, Path directory, Plan plan, Consumer<String> say) {
    this.digits = digits;
    this.directory = directory;
    this.plan = plan;
    this.say = say;
  }

  BenchReport run() throws IOException {
    Machine machine = Machine.here();
    for (Contestant contestant : plan.contestants()) {
      say.accept(
          String.format(
              Locale.ROOT, "%-30s %s", contestant.label(), contestant.settings().toString()));
    }
    say.accept(PUBLISHED);
    return new BenchReport("plasticity", machine, cases(progress()));
  }

  private Map<Contestant, List<Progress>> progress() throws IOException {
    Pace pace = new Pace(say);
    for (Contestant contestant : plan.contestants()) {
      for (long seed : plan.seeds()) {
        int done = course(contestant, seed).sofar(plan.tasks()).tasks();
        pace.toDo(plan.tasks() - done, contestant.weight());
      }
    }
    Map<Contestant, List<Future<Progress>>> running = new EnumMap<>(Contestant.class);
    ExecutorService pool = Executors.newFixedThreadPool(cores());
    try {
      for (long seed : plan.seeds()) {
        for (Contestant contestant : plan.contestants()) {
          running
              .computeIfAbsent(contestant, it -> new ArrayList<>())
              .add(
                  pool.submit(
                      () -> course(contestant, seed).until(plan.tasks(), pace.of(contestant))));
        }
      }
      return ended(running);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted; the tasks that were done are kept", e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static Map<Contestant, List<Progress>> ended(
      Map<Contestant, List<Future<Progress>>> running) throws InterruptedException {
    Map<Contestant, List<Progress>> ended = new EnumMap<>(Contestant.class);
    for (Map.Entry<Contestant, List<Future<Progress>>> it : running.entrySet()) {
      List<Progress> ofSeeds = new ArrayList<>();
      for (Future<Progress> future : it.getValue()) {
        try {
          ofSeeds.add(future.get());
        } catch (ExecutionException e) {
          throw new IllegalStateException(it.getKey().label() + " failed: " + e.getCause(), e);
        }
      }
      ended.put(it.getKey(), ofSeeds);
    }
    return ended;
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private Course course(Contestant contestant, long seed) {
    PermutedStream stream = new PermutedStream(digits, plan.examples(), seed);
    String name =
        "%s-%d-%d".formatted(contestant.name().toLowerCase(Locale.ROOT), plan.examples(), seed);
    return new Course(stream, contestant.settings(), directory, name);
  }

  private List<Case> cases(Map<Contestant, List<Progress>> progress) {
    double bestOfOthers = Double.NEGATIVE_INFINITY;
    for (Map.Entry<Contestant, List<Progress>> it : progress.entrySet()) {
      if (!it.getKey().ours()) {
        bestOfOthers = Math.max(bestOfOthers, spread(it.getValue(), Progress::last).mean());
      }
    }
    List<Case> cases = new ArrayList<>();
    for (Map.Entry<Contestant, List<Progress>> it : progress.entrySet()) {
      addCases(cases, it.getKey(), it.getValue(), bestOfOthers);
    }
    return cases;
  }

  private void addCases(
      List<Case> cases, Contestant contestant, List<Progress> seeds, double bestOfOthers) {
    int window = seeds.get(0).window();
    String of = window == 1 ? "task" : window + " tasks";
    String name = contestant.label();
    Spread last = spread(seeds, Progress::last);
    Spread lost = spread(seeds, it -> it.best() - it.last());
    boolean aimed = contestant.ours();
    boolean beside = aimed && bestOfOthers > Double.NEGATIVE_INFINITY;
    cases.add(points(name, "right, first " + of, spread(seeds, Progress::first), "%"));
    cases.add(points(name, "right, best " + of, spread(seeds, Progress::best), "%"));
    Case atLast = points(name, "right, last " + of, last, "%");
    cases.add(
        beside
            ? atLast.goal(
                String.format(Locale.ROOT, "> %.2f, the best other", bestOfOthers),
                last.mean() > bestOfOthers)
            : atLast);
    Case loss = points(name, "lost since its best", lost, "points");
    cases.add(aimed ? loss.goal("<= " + LOSS, lost.mean() <= LOSS) : loss);
    double examples = (double) plan.tasks() * plan.examples();
    Spread micros = spread(seeds, it -> it.secondsInAll() / examples * 1e6);
    cases.add(points(name, "an example, one core", micros, "µs"));
  }

  private static Case points(String name, String metric, Spread spread, String unit) {
    return Case.of(name, metric, spread.mean(), unit, spread.toString());
  }

  private static Spread spread(List<Progress> seeds, ToDoubleFunction<Progress> figure) {
    return Spread.of(seeds.stream().mapToDouble(figure).toArray());
  }
}
