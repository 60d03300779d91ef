package io.engram.experiments.lifelong;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.continual.ContinualLearner;
import io.engram.core.continual.StreamExample;
import io.engram.core.network.InitialParameters;
import io.engram.engine.fused.FusedEngine;
import io.engram.experiments.lifelong.DriftOutcome.Shares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * The drifting stream: predict, score, only then learn, over all steps; the same 784-100-100-10 network as the other protocols. The
 * paper's own figures are for a convolutional network on three domains and are not comparable.
 */
final class DriftBenchmark {

  private static final int EXAMPLES = DriftingStream.WAYS * DriftingStream.SHOTS;
  private static final double[] STAYS = {0.98, 0.90};

  private final DriftPlan plan;
  private final RunFile<DriftOutcome> runs;
  private final Consumer<String> say;

  /** θ after pre-training, by seed. */
  private final Map<Long, float[]> trained = new ConcurrentHashMap<>();

  private record Cell(Entrant entrant, double stay, long seed) {}

  DriftBenchmark(DriftPlan plan, RunFile<DriftOutcome> runs, Consumer<String> say) {
    this.plan = plan;
    this.runs = runs;
    this.say = say;
  }

  List<Case> run() {
    List<Runs.Run> runsOfAll =
        all().stream()
            .map(cell -> new Runs.Run(find(cell).isPresent(), 1, () -> execute(cell)))
            .toList();
    Runs.execute(runsOfAll, say);
    return cases();
  }

  /** For every learner its settings from the best to the worst, by the mean share over both streams and all seeds. */
  List<String> ranking() {
    Map<String, List<Entrant>> byName = new LinkedHashMap<>();
    for (Entrant entrant : plan.entrants()) {
      byName.computeIfAbsent(entrant.name(), name -> new ArrayList<>()).add(entrant);
    }
    List<String> lines = new ArrayList<>();
    byName.forEach(
        (name, entrants) ->
            entrants.stream()
                .sorted((a, b) -> Double.compare(mean(b, STAYS), mean(a, STAYS)))
                .map(this::ranked)
                .forEach(lines::add));
    return lines;
  }

  private String ranked(Entrant entrant) {
    return String.format(
        Locale.ROOT,
        "%-11s %.1f  (0.98: %.1f, 0.90: %.1f)  %s",
        entrant.name(),
        mean(entrant, STAYS),
        mean(entrant, STAYS[0]),
        mean(entrant, STAYS[1]),
        entrant.settings());
  }

  private double mean(Entrant entrant, double... stays) {
    return Arrays.stream(stays)
        .map(stay -> Spread.of(outcomes(entrant, stay), it -> it.shares().all()).mean())
        .average()
        .orElseThrow();
  }

  private List<Cell> all() {
    List<Cell> all = new ArrayList<>();
    for (long seed : plan.seeds()) {
      for (Entrant entrant : plan.entrants()) {
        for (double stay : STAYS) {
          all.add(new Cell(entrant, stay, seed));
        }
      }
    }
    return all;
  }

  private int pretraining(Entrant entrant) {
    return entrant.pretrained() ? plan.tasks() : 0;
  }

  private Optional<DriftOutcome> find(Cell cell) {
    Entrant entrant = cell.entrant();
    String settings = entrant.settings().toString();
    return runs.find(
        run ->
            run.learner().equals(entrant.name())
                && run.settings().equals(settings)
                && run.stay() == cell.stay()
                && run.seed() == cell.seed()
                && run.steps() == plan.steps()
                && run.pretraining() == pretraining(entrant));
  }

  private String execute(Cell cell) {
    Entrant entrant = cell.entrant();
    float[] theta =
        entrant.pretrained()
            ? trained.computeIfAbsent(cell.seed(), this::pretrain)
            : untrained(cell.seed());
    DriftOutcome outcome =
        new DriftOutcome(
            entrant.name(),
            entrant.settings().toString(),
            cell.stay(),
            cell.seed(),
            plan.steps(),
            pretraining(entrant),
            shares(cell, theta));
    runs.add(outcome);
    return outcome.inWords();
  }

  private Shares shares(Cell cell, float[] theta) {
    try (StreamProgram program = program()) {
      ContinualLearner learner = cell.entrant().settings().start(program, theta, cell.seed());
      return shares(new DriftingStream(plan.domains(), cell.stay(), cell.seed()), learner);
    }
  }

  private static StreamProgram program() {
    return new FusedEngine(1).compileStream(StreamTrial.NETWORK);
  }

  private static float[] untrained(long seed) {
    return InitialParameters.of(StreamTrial.NETWORK, seed, false);
  }

  private float[] pretrain(long seed) {
    try (StreamProgram program = program()) {
      return new Pretraining(program).run(plan.training(), untrained(seed), plan.tasks(), seed);
    }
  }

  /** Percent right over all steps, over those of Omniglot and over those of MNIST. */
  private Shares shares(DriftingStream stream, ContinualLearner learner) {
    double[] right = new double[3];
    double[] asked = new double[3];
    StreamBatch batch = new StreamBatch(DriftingStream.WAYS);
    float[] logits = new float[EXAMPLES * DriftingStream.WAYS];
    for (int step = 0; step < plan.steps(); step++) {
      List<StreamExample> examples = stream.next();
      batch.clear();
      examples.forEach(example -> batch.add(example.input()));
      learner.predict(batch, logits);
      int hits = hits(logits, examples);
      for (int part : new int[] {0, 1 + stream.domain()}) {
        right[part] += hits;
        asked[part] += examples.size();
      }
      learner.learn(examples);
    }
    return new Shares(
        100 * right[0] / asked[0], 100 * right[1] / asked[1], 100 * right[2] / asked[2]);
  }

  private static int hits(float[] logits, List<StreamExample> examples) {
    int hits = 0;
    for (int i = 0; i < examples.size(); i++) {
      hits += StreamTrial.answer(logits, i) == examples.get(i).label() ? 1 : 0;
    }
    return hits;
  }

  private List<DriftOutcome> outcomes(Entrant entrant, double stay) {
    List<DriftOutcome> outcomes = new ArrayList<>();
    for (long seed : plan.seeds()) {
      find(new Cell(entrant, stay, seed)).ifPresent(outcomes::add);
    }
    return outcomes;
  }

  private List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (double stay : STAYS) {
      for (Entrant entrant : plan.entrants()) {
        String name = String.format(Locale.ROOT, "drift %.2f, %s", stay, entrant.name());
        List<DriftOutcome> outcomes = outcomes(entrant, stay);
        add(cases, name, "all steps", outcomes, Shares::all);
        add(cases, name, "Omniglot", outcomes, Shares::omniglot);
        add(cases, name, "MNIST", outcomes, Shares::mnist);
      }
    }
    return cases;
  }

  private static void add(
      List<Case> cases,
      String name,
      String metric,
      List<DriftOutcome> outcomes,
      ToDoubleFunction<Shares> share) {
    double[] shares =
        outcomes.stream()
            .map(DriftOutcome::shares)
            .mapToDouble(share)
            .filter(value -> !Double.isNaN(value))
            .toArray();
    // A short stream may never leave its first domain.
    if (shares.length > 0) {
      Spread spread = Spread.of(shares);
      cases.add(Case.of(name, metric, spread.mean(), "%", spread.toString()));
    }
  }
}
