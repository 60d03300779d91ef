package io.engram.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.EngineKind;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.compute.episode.Capabilities;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.network.NetworkSpec;
import io.engram.engine.fused.FusedEngine;
import io.engram.learner.rocksdb.ComputedBy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineChoiceTest {

  private static final Optional<ComputedBy> EMPTY = Optional.empty();
  private static final EngineKind BEST = Kind.running("best", 9);
  private static final EngineKind GOOD = Kind.running("good", 5);
  private static final EngineKind PLAIN = Kind.running("plain", 0);
  private static final EngineKind SLOW = Kind.running("slow", -1);

  @Test
  void autoTakesTheHighestRankThatRunsHere() {
    try (ChosenEngine<TaskState, TaskOutcome> chosen = auto(EMPTY, BEST, GOOD, PLAIN)) {
      assertThat(chosen.by()).isEqualTo(new ComputedBy("best", "device of best"));
      assertThat(chosen.computation().engine()).isEqualTo("best-engine");
      assertThat(chosen.inWords()).isEqualTo("best (device of best)");
    }
  }

  @Test
  void autoSaysWhyItPassedOverWhatIsNotHereAndWhatCannotRunTheLearner() {
    EngineKind absent = Kind.absent("absent", 9, "no card answers");
    EngineKind choosy = Kind.refusing("choosy", 5, "it has no such layer");
    try (ChosenEngine<TaskState, TaskOutcome> chosen = auto(EMPTY, absent, choosy, PLAIN)) {
      assertThat(chosen.inWords())
          .isEqualTo(
              "plain (device of plain); not with absent: no card answers; nor with choosy: it has no such layer");
    }
  }

  @Test
  void autoNeverTakesANegativeRank() {
    EngineKind absent = Kind.absent("absent", 9, "no card answers");
    assertThatThrownBy(() -> auto(EMPTY, absent, SLOW))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessage("no compute engine can run this learner here: absent: no card answers");
    try (ChosenEngine<TaskState, TaskOutcome> chosen = named("slow", EMPTY, BEST, SLOW)) {
      assertThat(chosen.by().engine()).isEqualTo("slow");
    }
  }

  @Test
  void autoStaysWithTheEngineThatComputedTheStoreAndSaysHowToChangeOver() {
    try (ChosenEngine<TaskState, TaskOutcome> chosen =
        auto(Optional.of(computedBy("plain")), BEST, PLAIN)) {
      assertThat(chosen.by().engine()).isEqualTo("plain");
      assertThat(chosen.inWords())
          .contains("not with best: what the store holds was computed with plain")
          .contains("learner.engine = best changes over");
    }
  }

  @Test
  void autoGoesOnWithAnotherWhereTheStoresEngineIsGone() {
    EngineKind lost = Kind.absent("lost", 9, "the card fell off");
    try (ChosenEngine<TaskState, TaskOutcome> chosen =
        auto(Optional.of(computedBy("lost")), lost, PLAIN)) {
      assertThat(chosen.inWords())
          .isEqualTo("plain (device of plain); not with lost: the card fell off");
    }
    try (ChosenEngine<TaskState, TaskOutcome> chosen =
        auto(Optional.of(computedBy("unheard-of")), GOOD, PLAIN)) {
      assertThat(chosen.by().engine()).isEqualTo("good");
    }
  }

  @Test
  void anEngineThatIsNamedIsTakenOrTheStartFails() {
    try (ChosenEngine<TaskState, TaskOutcome> chosen =
        named("plain", Optional.of(computedBy("best")), BEST, GOOD, PLAIN)) {
      assertThat(chosen.inWords()).isEqualTo("plain (device of plain)");
    }
    EngineKind absent = Kind.absent("absent", 9, "no card answers");
    assertThatThrownBy(() -> named("absent", EMPTY, absent, PLAIN))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessage(
            "the engine absent cannot run this learner here: no card answers (learner.engine = auto looks for one that can)");
    EngineKind choosy = Kind.refusing("choosy", 5, "it has no such layer");
    assertThatThrownBy(() -> named("choosy", EMPTY, choosy, PLAIN))
        .hasMessageContaining("it has no such layer");
  }

  @Test
  void anAlgorithmThatNoEngineRunsIsRefusedWithTheReasonAndNothingStaysOpen() {
    MetaConfig secondOrderThroughAdam =
        new MetaConfig(
            "maml",
            new InnerConfig(3, 0.1, "adam", 0, "none", 0.0025),
            OuterConfig.adam(1e-3),
            0,
            0);
    ClosingEngine engine = new ClosingEngine();
    TaskSettings settings = TestSettings.sinusoid(10, secondOrderThroughAdam);
    assertThatThrownBy(() -> Computation.ofTasks(settings, engine, 0))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageContaining("SECOND_ORDER");
    assertThatThrownBy(
            () ->
                engine
                    .program()
                    .adapt(new float[0], List.of(), settings.meta().inner(), new float[0][]))
        .as("the program was closed")
        .isInstanceOf(IllegalStateException.class);
  }

  private static ComputedBy computedBy(String engine) {
    return new ComputedBy(engine, "device of " + engine);
  }

  private static ChosenEngine<TaskState, TaskOutcome> auto(
      Optional<ComputedBy> before, EngineKind... kinds) {
    return named("auto", before, kinds);
  }

  private static ChosenEngine<TaskState, TaskOutcome> named(
      String name, Optional<ComputedBy> before, EngineKind... kinds) {
    return new EngineChoice<>(
            List.of(kinds),
            new EngineConfig(name, 1),
            engine -> Computation.ofTasks(TestSettings.sinusoid(10), engine, 0))
        .take(before);
  }

  /** The fused engine under other names, as far as it runs. */
  private record Kind(String name, int rank, Availability availability, String refusal)
      implements EngineKind {

    static EngineKind running(String name, int rank) {
      return new Kind(name, rank, new Availability.Here("device of " + name), "");
    }

    static EngineKind absent(String name, int rank, String reason) {
      return new Kind(name, rank, new Availability.Absent(reason), "");
    }

    static EngineKind refusing(String name, int rank, String reason) {
      return new Kind(name, rank, new Availability.Here("device of " + name), reason);
    }

    @Override
    public ComputeEngine open(int threads) {
      return new ComputeEngine() {

        @Override
        public String name() {
          return Kind.this.name + "-engine";
        }

        @Override
        public Capabilities capabilities() {
          return Capabilities.secondOrder();
        }

        @Override
        public MetaProgram compile(NetworkSpec network) {
          if (!refusal.isEmpty()) {
            throw new UnsupportedNetworkException(refusal);
          }
          return new FusedEngine(threads).compile(network);
        }
      };
    }
  }

  /** Keeps what it compiled, to be looked at. */
  private static final class ClosingEngine implements ComputeEngine {

    private Optional<MetaProgram> program = Optional.empty();

    @Override
    public String name() {
      return "closing";
    }

    @Override
    public Capabilities capabilities() {
      return Capabilities.secondOrder();
    }

    @Override
    public MetaProgram compile(NetworkSpec network) {
      MetaProgram compiled = new FusedEngine(1).compile(network);
      program = Optional.of(compiled);
      return compiled;
    }

    MetaProgram program() {
      return program.orElseThrow();
    }
  }
}
