package io.engram.learner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.MetaProgram;
import io.engram.core.compute.NormalizationMode;
import io.engram.core.lifelong.LabelSpace;
import io.engram.core.lifelong.LifelongSettings;
import io.engram.core.lifelong.LifelongState;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.Retention;
import io.engram.core.network.NetworkSpec;
import io.engram.engine.fused.FusedEngine;
import io.engram.learner.MetaConfig;
import io.engram.schemas.Wire;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Killed before or after any step, shown the log again, in pieces of any size: the learner ends with the same θ, optimiser, memory and
 * published versions, to the bit, as if nothing had happened.
 */
class LearnerAgentSimulationTest {

  private static final int TASKS = 61;
  private static final LifelongSettings SETTINGS = settings();
  private static final MetaProgram PROGRAM = new FusedEngine(1).compile(SETTINGS.network());
  private static final SimulatedWorld UNINTERRUPTED = run(0, 0);

  @AfterContainer
  static void close() {
    PROGRAM.close();
  }

  @Property(
      tries = 1000,
      shrinking = ShrinkingMode.OFF,
      afterFailure = AfterFailureMode.RANDOM_SEED)
  void crashesLeaveNoTrace(
      @ForAll long seed, @ForAll @DoubleRange(min = 0.01, max = 0.15) double crashes) {
    SimulatedWorld world = run(seed, crashes);
    LifelongState state = world.committed().state();
    LifelongState expected = UNINTERRUPTED.committed().state();
    assertThat(state.progress()).isEqualTo(expected.progress());
    assertThat(state.meta().theta()).containsExactly(expected.meta().theta());
    assertThat(state.meta().moments().first()).containsExactly(expected.meta().moments().first());
    assertThat(state.meta().moments().second()).containsExactly(expected.meta().moments().second());
    assertThat(state.scores().lastScores()).isEqualTo(expected.scores().lastScores());
    assertThat(hex(world.memory())).isEqualTo(hex(UNINTERRUPTED.memory()));
    assertThat(versions(world)).isEqualTo(versions(UNINTERRUPTED));
  }

  private static Map<Integer, String> hex(Map<Integer, byte[]> memory) {
    Map<Integer, String> hex = new TreeMap<>();
    memory.forEach((slot, record) -> hex.put(slot, HexFormat.of().formatHex(record)));
    return hex;
  }

  /** Candidates by id, in order of first publication; the same id must always mean the same bytes. */
  private static Map<String, String> versions(SimulatedWorld world) {
    Map<String, String> versions = new LinkedHashMap<>();
    for (Candidate candidate : world.published()) {
      String content =
          HexFormat.of().formatHex(Wire.modelManifest().encode(candidate.manifest()))
              + HexFormat.of().formatHex(candidate.parameters());
      String before = versions.putIfAbsent(candidate.id(), content);
      assertThat(before == null || before.equals(content))
          .as("candidate %s published again is the same to the byte", candidate.id())
          .isTrue();
    }
    return versions;
  }

  private static SimulatedWorld run(long seed, double crashes) {
    SimulatedWorld world = new SimulatedWorld(SETTINGS, seed, crashes, TASKS);
    while (true) {
      SimulatedWorld.Log log = world.new Log();
      try {
        LearnerAgent agent =
            new LearnerAgent(
                "default",
                SETTINGS,
                3,
                PROGRAM,
                new Provenance("fused", "test", "17", "any", Map.of()),
                log,
                world.new Store(),
                world.new Sink(),
                new StatusBoard(SETTINGS.window()));
        agent.run(log::drained);
        return world;
      } catch (Crash crash) {
        // The next round of the loop is the restart.
        assertThat(world.kills()).isLessThan(100_000);
      }
    }
  }

  private static LifelongSettings settings() {
    MetaConfig meta =
        new MetaConfig("fomaml", 1, 0.01, "sgd", 0, "none", "adam", 3e-3, 0, 0, 1e-3, 0);
    return new LifelongSettings(
        NetworkSpec.parse("input(1) dense(6) tanh dense(1) mse"),
        meta.toSettings(),
        7,
        false,
        3,
        2,
        2,
        0,
        5,
        Retention.RESERVOIR,
        new ReplayDraw.Uniform(),
        NormalizationMode.TRANSDUCTIVE,
        LabelSpace.PER_TASK,
        true,
        true,
        10);
  }
}
