package io.engram.experiments.lifelong;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Rounds;
import io.engram.benchmarks.innerloop.PeerProcess;
import io.engram.benchmarks.innerloop.Peers;
import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.continual.ConsolidatingReplay;
import io.engram.core.continual.ContinualLearner;
import io.engram.core.continual.ContinualSettings;
import io.engram.core.continual.LaMaml;
import io.engram.core.continual.StreamExample;
import io.engram.core.network.InitialParameters;
import io.engram.engine.fused.FusedEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Time per example beside libtorch's: the first tasks of Rotations, learned by a learner of ours and by libtorch with the same steps on the same examples
 * from the same θ₀, one thread each, in turns. What counts is the processor time of that thread. That all arrive at the same weights is checked.
 */
final class StepTimes {

  private static final double GOAL = 5;
  private static final long SEED = 1;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** How libtorch comes to its gradients. */
  private enum Way {
    AUTOGRAD("autograd", "libtorch with autograd"),
    FLAT("flat", "libtorch by hand, flat vectors");

    private final String word;
    private final String label;

    Way(String word, String label) {
      this.word = word;
      this.label = label;
    }
  }

  private final Digits training;
  private final Digits test;
  private final boolean quick;
  private final Consumer<String> say;
  private final float[] theta = InitialParameters.of(StreamTrial.NETWORK, SEED, false);

  StepTimes(Digits training, Digits test, boolean quick, Consumer<String> say) {
    this.training = training;
    this.test = test;
    this.quick = quick;
    this.say = say;
  }

  List<Case> run() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (PeerProcess peer = Peers.libtorch("io.engram.benchmarks.libtorch.StreamPeer")) {
      compare(Contestant.OURS, "ours", quick ? 200 : 1000, peer, cases);
      compare(Contestant.LA_MAML, "lamaml", quick ? 50 : 200, peer, cases);
    }
    return cases;
  }

  private void compare(
      Contestant contestant, String rule, int examples, PeerProcess peer, List<Case> cases)
      throws IOException {
    ContinualSettings settings = contestant.choose(Protocol.ROTATIONS);
    List<StreamExample> stream =
        ProtocolStream.published(Protocol.ROTATIONS, training, test, 1, SEED).task(0);
    List<StreamExample> checked = stream.subList(0, 50);
    List<StreamExample> timed = stream.subList(0, examples);
    Path file = Files.createTempFile("engram-steps", ".bin");
    try {
      String name = "step, " + contestant.label();
      trace(settings, checked, file);
      for (Way way : Way.values()) {
        check(name, way, peer.ask(way.word + " " + rule + " check " + file));
      }
      trace(settings, timed, file);
      Rounds ours = new Rounds();
      Map<Way, Rounds> theirs = new EnumMap<>(Way.class);
      int rounds = quick ? 3 : 7;
      for (int round = -2; round < rounds; round++) {
        add(ours, round, time(settings, timed) / examples);
        for (Way way : Way.values()) {
          Rounds his = theirs.computeIfAbsent(way, any -> new Rounds());
          add(his, round, peer.ask(way.word + " " + rule + " time " + file) / examples);
        }
      }
      report(name, ours, theirs, cases);
    } finally {
      Files.delete(file);
    }
  }

  private static void add(Rounds rounds, int round, double nanos) {
    if (round >= 0) {
      rounds.add(nanos / 1e3);
    }
  }

  private void check(String name, Way way, double apart) {
    say.accept(
        String.format(
            Locale.ROOT,
            "%s: after 50 examples the weights of %s are %.1e of the way apart from ours",
            name,
            way.label,
            apart));
    if (!(apart < 1e-2)) {
      throw new IllegalStateException(
          name + ": " + way.label + " took other steps, its weights lie " + apart + " apart");
    }
  }

  private static void report(String name, Rounds ours, Map<Way, Rounds> theirs, List<Case> cases) {
    cases.add(Case.of(name, "Engram", ours.median(), "µs/example", ours.spread()));
    theirs.forEach(
        (way, his) -> {
          double ratio = his.median() / ours.median();
          cases.add(
              Case.of(name, way.label, his.median(), "µs/example", his.spread())
                  .versus("Engram", ratio)
                  .goal(">= " + GOAL, ratio >= GOAL));
        });
  }

  private static ContinualLearner learn(
      StreamProgram program, ContinualSettings settings, float[] theta, List<StreamExample> all) {
    ContinualLearner learner = settings.start(program, theta, SEED);
    for (int from = 0; from < all.size(); from += learner.arriving()) {
      learner.learn(all.subList(from, from + learner.arriving()));
    }
    return learner;
  }

  /** Nanoseconds of this thread for learning all of them. */
  private double time(ContinualSettings settings, List<StreamExample> all) {
    try (StreamProgram program = new FusedEngine(1).compileStream(StreamTrial.NETWORK)) {
      long start = THREADS.getCurrentThreadCpuTime();
      learn(program, settings, theta, all);
      return THREADS.getCurrentThreadCpuTime() - start;
    }
  }

  private void trace(ContinualSettings settings, List<StreamExample> all, Path file)
      throws IOException {
    try (StepTrace trace =
        new StepTrace(new FusedEngine(1).compileStream(StreamTrial.NETWORK), all)) {
      ContinualLearner learner = learn(trace, settings, theta, all);
      StreamBatch question = new StreamBatch(StreamTrial.NETWORK.outputs());
      question.add(all.get(0).input());
      learner.predict(question, new float[StreamTrial.NETWORK.outputs()]);
      trace.write(file, all, numbers(settings), theta);
    }
  }

  /** What the peer must know of the settings. */
  private static float[] numbers(ContinualSettings settings) {
    if (settings instanceof ConsolidatingReplay.Settings s) {
      return new float[] {
        s.batch().arriving(),
        s.batch().glances(),
        s.step().size(),
        s.step().longest(),
        s.step().hardening(),
        s.pull(),
        s.teacher().teaching(),
        s.teacher().trust(),
        s.teacher().slowness()
      };
    }
    LaMaml.Settings s = (LaMaml.Settings) settings;
    return new float[] {
      s.arriving(), s.glances(), s.steps().initial(), s.steps().rate(), s.steps().clip()
    };
  }
}
