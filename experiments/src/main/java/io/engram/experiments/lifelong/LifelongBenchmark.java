package io.engram.experiments.lifelong;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Machine;
import io.engram.core.evaluation.Regret;
import io.engram.experiments.lifelong.ProtocolScores.Accuracies;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** {@code bench lifelong}: learners × protocols × seeds, one run on each core at a time. */
final class LifelongBenchmark {

  private final Digits training;
  private final Digits test;
  private final RunFile<ProtocolScores> runs;
  private final Plan plan;
  private final Consumer<String> say;

  /**
   * What to run.
   *
   * @param contestants learners
   * @param protocols streams
   * @param seeds one stream and one initialisation each
   * @param tested digits of every task's test set; 10,000 is all of them
   */
  record Plan(
      List<Contestant> contestants, List<Protocol> protocols, List<Long> seeds, int tested) {}

  private record Run(Contestant contestant, Protocol protocol, long seed) {

    /** Rough CPU seconds, for the remaining time and to start the longest first. */
    double weight() {
      double learning =
          switch (contestant) {
            case SGD -> 0.3;
            case REPLAY -> 2;
            case OURS -> 4;
            case OURS_AUGMENTED -> 6;
            case MER -> 15;
            case C_MAML, JOINT -> 25;
            case SYNC, LA_MAML -> protocol == Protocol.MANY_PERMUTATIONS ? 60 : 30;
          };
      return learning + (protocol == Protocol.MANY_PERMUTATIONS ? 8 : 2);
    }
  }

  LifelongBenchmark(
      Digits training, Digits test, RunFile<ProtocolScores> runs, Plan plan, Consumer<String> say) {
    this.training = training;
    this.test = test;
    this.runs = runs;
    this.plan = plan;
    this.say = say;
  }

  BenchReport run() {
    Machine machine = Machine.here();
    printSettings();
    List<Runs.Run> runsOfAll =
        all().stream()
            .map(run -> new Runs.Run(find(run).isPresent(), run.weight(), () -> execute(run)))
            .toList();
    Runs.execute(runsOfAll, say);
    return new BenchReport("lifelong", machine, cases());
  }

  private void printSettings() {
    for (Protocol protocol : plan.protocols()) {
      for (Contestant contestant : plan.contestants()) {
        say.accept(
            String.format(
                Locale.ROOT,
                "%-18s %-17s %s",
                protocol.label,
                contestant.label(),
                contestant.choose(protocol)));
      }
    }
  }

  private List<Run> all() {
    List<Run> all = new ArrayList<>();
    for (Protocol protocol : plan.protocols()) {
      for (Contestant contestant : plan.contestants()) {
        for (long seed : plan.seeds()) {
          all.add(new Run(contestant, protocol, seed));
        }
      }
    }
    return all;
  }

  private Optional<ProtocolScores> find(Run run) {
    return runs.find(
        done -> done.trial().isOf(run.contestant(), run.protocol(), run.seed(), plan.tested()));
  }

  private String execute(Run run) {
    ProtocolStream stream =
        ProtocolStream.published(run.protocol(), training, test, plan.tested(), run.seed());
    ProtocolScores outcome = new StreamTrial(stream).run(run.contestant(), run.seed());
    runs.add(outcome);
    return outcome.inWords();
  }

  private List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Protocol protocol : plan.protocols()) {
      for (Contestant contestant : plan.contestants()) {
        List<ProtocolScores> outcomes = new ArrayList<>();
        for (long seed : plan.seeds()) {
          find(new Run(contestant, protocol, seed)).ifPresent(outcomes::add);
        }
        addCases(cases, protocol, contestant, outcomes);
      }
    }
    return cases;
  }

  private void addCases(
      List<Case> cases, Protocol protocol, Contestant contestant, List<ProtocolScores> outcomes) {
    String name = protocol.label + ", " + contestant.label();
    Published published = Published.of(contestant, protocol);
    boolean ours = contestant == Contestant.OURS && plan.tested() == test.size();
    Goals goals = Goals.of(protocol);
    Spread retained = spread(outcomes, Accuracies::retained);
    Spread learning = spread(outcomes, Accuracies::learning);
    cases.add(figure(name, "RA", retained, published, ours ? goals.retained() : Double.NaN));
    cases.add(figure(name, "LA", learning, null, ours ? goals.learning() : Double.NaN));
    cases.add(figure(name, "BTI", spread(outcomes, Accuracies::interference), null, Double.NaN));
    cases.add(plain(name, "worst old task", outcomes, Accuracies::worstOld));
    cases.add(plain(name, "average minimum", outcomes, Accuracies::averageMinimum));
    cases.add(plain(name, "forward transfer", outcomes, Accuracies::forwardTransfer));
    cases.add(plain(name, "prequential", outcomes, Accuracies::prequential));
    addRegrets(cases, name, protocol, outcomes);
    cases.add(
        Case.of(
            name,
            "learning, one core",
            Spread.of(outcomes, ProtocolScores::seconds).mean(),
            "s",
            Spread.of(outcomes, ProtocolScores::seconds).toString()));
  }

  private static Case plain(
      String name,
      String metric,
      List<ProtocolScores> outcomes,
      ToDoubleFunction<Accuracies> figure) {
    return figure(name, metric, spread(outcomes, figure), null, Double.NaN);
  }

  private static Spread spread(List<ProtocolScores> outcomes, ToDoubleFunction<Accuracies> figure) {
    return Spread.of(outcomes, outcome -> figure.applyAsDouble(outcome.accuracies()));
  }

  /** With 0–1 loss, in points for each example; beside runs of the joint learner on the same streams, where there are any. */
  private void addRegrets(
      List<Case> cases, String name, Protocol protocol, List<ProtocolScores> outcomes) {
    Regret beforehand = new Regret();
    Regret meanwhile = new Regret();
    for (ProtocolScores outcome : outcomes) {
      find(new Run(Contestant.JOINT, protocol, outcome.trial().seed()))
          .ifPresent(
              joint -> {
                double loss = 100 - outcome.accuracies().prequential();
                beforehand.add(loss, 100 - joint.accuracies().hindsight());
                meanwhile.add(loss, 100 - joint.accuracies().prequential());
              });
    }
    if (beforehand.count() > 0) {
      cases.add(Case.of(name, "regret, offline oracle", beforehand.average(), "points", ""));
      cases.add(Case.of(name, "regret, joint learner", meanwhile.average(), "points", ""));
    }
  }

  private static Case figure(
      String name, String metric, Spread spread, @Nullable Published published, double goal) {
    boolean aimed = !Double.isNaN(goal);
    return Case.of(name, metric, spread.mean(), "%", spread.toString())
        .versus(
            published == null ? null : "published (" + published + ")",
            published == null ? null : spread.mean() / published.retained())
        .goal(aimed ? ">= " + goal : null, aimed ? spread.mean() >= goal : null);
  }
}
