package io.engram.experiments.lifelong;

import io.engram.core.continual.ConsolidatingReplay.Step;
import io.engram.core.continual.Teacher;
import io.engram.experiments.lifelong.ProtocolScores.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How the one setting of Engram's own learner was chosen: settings around it on streams of other seeds, scored on training digits that
 * those streams leave out. Test digits are not touched.
 */
final class LifelongTuning {

  private static final String LEARNER = "Engram";
  private static final int HELD_OUT = 1_000;

  private static final List<Choice> CHOICES =
      List.of(
          Choice.CHOSEN,
          new Choice(5, 30, new Step(0.2f, 5, 3), 0.7f, new Teacher(0.4f, 2, 0.005f)),
          new Choice(5, 30, new Step(0.2f, 5, 3), 0.7f, new Teacher(0.5f, 2, 0.005f)),
          new Choice(5, 30, new Step(0.2f, 5, 3), 0.7f, new Teacher(0.8f, 2, 0.005f)),
          new Choice(5, 30, new Step(0.2f, 5, 3), 0.7f, new Teacher(0, 2, 0.005f)),
          new Choice(5, 40, new Step(0.2f, 5, 3), 0.7f, new Teacher(0.45f, 2, 0.005f)),
          new Choice(5, 20, new Step(0.2f, 5, 3), 0.7f, new Teacher(0.45f, 2, 0.005f)),
          new Choice(5, 30, new Step(0.2f, 5, 3), 0.7f, new Teacher(0.45f, 3, 0.005f)),
          new Choice(5, 30, new Step(0.2f, 5, 3), 0.7f, new Teacher(0.45f, 2, 0.003f)),
          new Choice(5, 30, new Step(0.2f, 5, 4), 0.7f, new Teacher(0.45f, 2, 0.005f)),
          new Choice(5, 30, new Step(0.2f, 5, 2), 0.7f, new Teacher(0.45f, 2, 0.005f)),
          new Choice(5, 30, new Step(0.2f, 5, 0), 0.7f, new Teacher(0.45f, 2, 0.005f)),
          new Choice(5, 30, new Step(0.2f, 5, 3), 1, new Teacher(0.45f, 2, 0.005f)),
          new Choice(5, 30, new Step(0.2f, 5, 3), 0, new Teacher(0.45f, 2, 0.005f)),
          new Choice(5, 30, new Step(0.15f, 5, 3), 0.7f, new Teacher(0.45f, 2, 0.005f)),
          new Choice(5, 30, new Step(0.2f, 2, 3), 0.7f, new Teacher(0.45f, 2, 0.005f)),
          new Choice(3, 30, new Step(0.2f, 5, 3), 0.7f, new Teacher(0.45f, 2, 0.005f)),
          new Choice(5, 30, new Step(0.2f, 5, 3), 0.7f, new Teacher(0.8f, 3, 0.005f)),
          new Choice(5, 30, new Step(0.2f, 5, 3), 0.7f, new Teacher(0.8f, 4, 0.005f)),
          new Choice(5, 30, new Step(0.2f, 5, 3), 0.7f, new Teacher(0.6f, 3, 0.005f)),
          new Choice(5, 30, new Step(0.25f, 5, 4), 0.7f, new Teacher(0.45f, 2, 0.005f)),
          new Choice(5, 30, new Step(0.3f, 5, 4), 0.7f, new Teacher(0.45f, 2, 0.005f)),
          new Choice(5, 30, new Step(0.2f, 5, 3), 0.7f, new Teacher(0.8f, 3, 0.003f)),
          new Choice(4, 30, new Step(0.25f, 5, 3), 0.7f, new Teacher(0.45f, 2, 0.005f)),
          new Choice(5, 30, new Step(0.25f, 7, 4), 0.7f, new Teacher(0.8f, 3, 0.003f)),
          new Choice(5, 40, new Step(0.25f, 5, 4), 0.8f, new Teacher(0.6f, 3, 0.003f)));

  private final List<Choice> choices;
  private final Digits training;
  private final RunFile<ProtocolScores> runs;
  private final List<Protocol> protocols;
  private final List<Long> seeds;
  private final Consumer<String> say;

  /**
   * What to try.
   *
   * @param quick whether three settings will do
   */
  LifelongTuning(
      boolean quick,
      Digits training,
      RunFile<ProtocolScores> runs,
      List<Protocol> protocols,
      List<Long> seeds,
      Consumer<String> say) {
    this.choices = quick ? CHOICES.subList(0, 3) : CHOICES;
    this.training = training;
    this.runs = runs;
    this.protocols = protocols;
    this.seeds = seeds;
    this.say = say;
  }

  /** RA / LA of every setting, the chosen one first. */
  List<String> run() {
    List<Runs.Run> all = new ArrayList<>();
    for (Choice choice : choices) {
      for (Protocol protocol : protocols) {
        for (long seed : seeds) {
          boolean done = find(choice, protocol, seed).isPresent();
          all.add(new Runs.Run(done, 1, () -> execute(choice, protocol, seed)));
        }
      }
    }
    Runs.execute(all, say);
    return choices.stream().map(this::inWords).toList();
  }

  private String execute(Choice choice, Protocol protocol, long seed) {
    ProtocolStream stream = ProtocolStream.tuning(protocol, training, HELD_OUT, seed);
    ProtocolScores outcome = new StreamTrial(stream).run(LEARNER, choice.on(protocol), false, seed);
    runs.add(outcome);
    return outcome.inWords();
  }

  private Optional<ProtocolScores> find(Choice choice, Protocol protocol, long seed) {
    String settings = choice.on(protocol).toString();
    Trial same = new Trial(LEARNER, settings, protocol.label, seed, HELD_OUT);
    return runs.find(run -> run.trial().equals(same));
  }

  private String inWords(Choice choice) {
    StringBuilder line = new StringBuilder();
    for (Protocol protocol : protocols) {
      List<ProtocolScores> outcomes = new ArrayList<>();
      for (long seed : seeds) {
        find(choice, protocol, seed).ifPresent(outcomes::add);
      }
      line.append(
          String.format(
              Locale.ROOT,
              "%s %.1f / %.1f  ",
              protocol.label,
              Spread.of(outcomes, it -> it.accuracies().retained()).mean(),
              Spread.of(outcomes, it -> it.accuracies().learning()).mean()));
    }
    return line.append(choice).toString();
  }
}
