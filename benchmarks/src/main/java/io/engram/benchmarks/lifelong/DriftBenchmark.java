package io.engram.benchmarks.lifelong;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.core.compute.SparseInput;
import io.engram.core.compute.StreamBatch;
import io.engram.core.compute.StreamProgram;
import io.engram.core.continual.ContinualLearner;
import io.engram.core.continual.ContinualMaml;
import io.engram.core.continual.ContinualSettings;
import io.engram.core.continual.OnlineSgd;
import io.engram.core.continual.SessionReplay;
import io.engram.core.continual.StreamExample;
import io.engram.core.network.InitialParameters;
import io.engram.engine.fused.FusedEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The drifting stream: predict, score, only then learn, over all steps; the same 784-100-100-10 network as the other protocols. The
 * paper's own figures are for a convolutional network on three domains and are not comparable.
 */
final class DriftBenchmark {

  private static final int EXAMPLES = DriftingStream.WAYS * DriftingStream.SHOTS;
  private static final ContinualMaml.Settings FROZEN =
      new ContinualMaml.Settings(EXAMPLES, 0.2f, 5, 0f, Float.NEGATIVE_INFINITY, 1f);

  private final Characters characters;
  private final Digits digits;
  private final int steps;
  private final int tasks;
  private final List<Long> seeds;
  private final Consumer<String> say;

  private record Entrant(String name, ContinualSettings settings, boolean pretrained) {}

  /**
   * What to run.
   *
   * @param steps of the stream
   * @param tasks of pre-training
   */
  DriftBenchmark(
      Characters characters,
      Digits digits,
      int steps,
      int tasks,
      List<Long> seeds,
      Consumer<String> say) {
    this.characters = characters;
    this.digits = digits;
    this.steps = steps;
    this.tasks = tasks;
    this.seeds = seeds;
    this.say = say;
  }

  List<Case> run() {
    List<List<List<SparseInput>>> domains = List.of(characters.test(), digitClasses());
    Map<String, List<double[]>> scores = new LinkedHashMap<>();
    for (long seed : seeds) {
      StreamProgram program = new FusedEngine(1).compileStream(Trial.NETWORK);
      float[] theta = InitialParameters.of(Trial.NETWORK, seed, false);
      float[] trained = new Pretraining(program).run(characters.training(), theta, tasks, seed);
      for (double stay : new double[] {0.98, 0.90}) {
        for (Entrant entrant : entrants()) {
          DriftingStream stream = new DriftingStream(domains, stay, seed);
          ContinualLearner learner =
              entrant.settings().start(program, entrant.pretrained() ? trained : theta, seed);
          String name = String.format(Locale.ROOT, "drift %.2f, %s", stay, entrant.name());
          double[] score = score(stream, learner);
          scores.computeIfAbsent(name, key -> new ArrayList<>()).add(score);
          say.accept(
              String.format(
                  Locale.ROOT,
                  "%s  seed %d  all %.1f  Omniglot %.1f  MNIST %.1f  %s",
                  name,
                  seed,
                  score[0],
                  score[1],
                  score[2],
                  entrant.settings()));
        }
      }
    }
    return cases(scores);
  }

  /** Step sizes and tolerances were chosen on training characters that were kept from the pre-training, on training digits, and on other seeds. */
  private static List<Entrant> entrants() {
    return List.of(
        new Entrant("online SGD", new OnlineSgd.Settings(EXAMPLES, 0.4f, 5), false),
        new Entrant("fine-tuning", new OnlineSgd.Settings(EXAMPLES, 0.2f, 5), true),
        new Entrant("frozen MAML", FROZEN, true),
        new Entrant("C-MAML", new ContinualMaml.Settings(EXAMPLES, 0.2f, 5, 0.02f, 1f, 2f), true),
        new Entrant(
            "Engram", new SessionReplay.Settings(EXAMPLES, 0.4f, 5, 50, 500, 2f, 1f, 5f), true));
  }

  /** Percent right over all steps, over those of Omniglot and over those of MNIST. */
  private double[] score(DriftingStream stream, ContinualLearner learner) {
    double[] right = new double[3];
    double[] asked = new double[3];
    StreamBatch batch = new StreamBatch(DriftingStream.WAYS);
    float[] logits = new float[EXAMPLES * DriftingStream.WAYS];
    for (int step = 0; step < steps; step++) {
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
    return new double[] {
      100 * right[0] / asked[0], 100 * right[1] / asked[1], 100 * right[2] / asked[2]
    };
  }

  private static int hits(float[] logits, List<StreamExample> examples) {
    int hits = 0;
    for (int i = 0; i < examples.size(); i++) {
      int at = i * DriftingStream.WAYS;
      int best = 0;
      for (int o = 1; o < DriftingStream.WAYS; o++) {
        best = logits[at + o] > logits[at + best] ? o : best;
      }
      hits += best == examples.get(i).label() ? 1 : 0;
    }
    return hits;
  }

  private List<List<SparseInput>> digitClasses() {
    PixelMap upright = PixelMap.rotation(0);
    List<List<SparseInput>> classes = new ArrayList<>();
    for (int label = 0; label < DriftingStream.WAYS; label++) {
      classes.add(new ArrayList<>());
    }
    int enough = Math.min(digits.size(), 10_000);
    for (int i = 0; i < enough; i++) {
      classes.get(digits.labels()[i]).add(upright.show(digits, i));
    }
    return classes;
  }

  private static List<Case> cases(Map<String, List<double[]>> scores) {
    String[] metrics = {"all steps", "Omniglot", "MNIST"};
    List<Case> cases = new ArrayList<>();
    scores.forEach(
        (name, runs) -> {
          for (int part = 0; part < metrics.length; part++) {
            int index = part;
            double[] values =
                runs.stream()
                    .mapToDouble(run -> run[index])
                    .filter(value -> !Double.isNaN(value))
                    .toArray();
            // A short stream may never leave its first domain.
            if (values.length > 0) {
              Spread spread = Spread.of(values);
              cases.add(Case.of(name, metrics[part], spread.mean(), "%", spread.toString()));
            }
          }
        });
    return cases;
  }
}
