package io.engram.modelregistry.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.engram.modelregistry.gate.Asker;
import io.engram.modelregistry.gate.Condition;
import io.engram.modelregistry.gate.RegistryRequest;
import io.engram.modelregistry.image.ModelImage;
import io.engram.modelregistry.image.RegisteredVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Killed before or after any step, the cluster failing in the midst of a commit so that nobody knows whether it was done, shown candidates
 * again, replaced while it still works: the log of events ends the same as if nothing had happened, and at every instant what is published
 * is the champion.
 */
class RegistryAgentSimulationTest {

  private static final int STEPS = 100_000;
  private static final Asker ANN = new Asker("ann", "because", Optional.empty());

  @BeforeContainer
  static void quiet() {
    logger().setLevel(Level.OFF);
  }

  @AfterContainer
  static void loud() {
    logger().setLevel(null);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("io.engram.modelregistry.agent");
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.RANDOM_SEED)
  void troubleLeavesNoTrace(
      @ForAll @LongRange(min = 0, max = 1_000_000) long contents,
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.01, max = 0.08) double trouble) {
    SimulatedWorld undisturbed = run(contents, 0, 0);
    SimulatedWorld world = run(contents, seed, trouble);
    for (String model : SimulatedWorld.MODELS) {
      assertThat(world.image().modelOrEmpty(model).chronicle().history())
          .as("contents %d, seed %d", contents, seed)
          .hasSameSizeAs(undisturbed.image().modelOrEmpty(model).chronicle().history());
      assertThat(world.image().modelOrEmpty(model).equals(undisturbed.image().modelOrEmpty(model)))
          .as("contents %d, seed %d: the same model", contents, seed)
          .isTrue();
    }
    assertThat(world.published()).hasSameSizeAs(undisturbed.published());
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.RANDOM_SEED)
  void thePromisesHoldWhateverPeopleWantMeanwhile(
      @ForAll @LongRange(min = 0, max = 1_000_000) long contents,
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.01, max = 0.08) double trouble) {
    inDirectory(
        directory -> {
          SimulatedWorld world = new SimulatedWorld(contents, seed, trouble, directory);
          Random people = new Random(seed);
          for (int life = 0; !world.complete(); life++) {
            assertThat(life).as("seed %d", seed).isLessThan(STEPS);
            live(world, people);
          }
        });
  }

  /** Strangers write among the learners and over what is published: the registry goes on, takes none of it for good, and puts it right. */
  @Property(tries = 60, shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.RANDOM_SEED)
  void strangersChangeNothing(
      @ForAll @LongRange(min = 0, max = 1_000_000) long contents,
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0, max = 0.05) double trouble) {
    inDirectory(
        directory -> {
          SimulatedWorld world = SimulatedWorld.hostile(contents, seed, trouble, directory);
          for (int life = 0; !world.complete(); life++) {
            assertThat(life).as("seed %d", seed).isLessThan(STEPS);
            live(world, null);
          }
          for (String name : SimulatedWorld.MODELS) {
            ModelImage model = world.image().modelOrEmpty(name);
            assertThat(
                    model.succession().reigns().stream()
                        .map(reign -> model.require(reign.version()).candidateId())
                        .dropWhile(id -> id.startsWith("boasting")))
                .as("contents %d, seed %d: champions after the first honest one", contents, seed)
                .noneMatch(id -> id.startsWith("boasting"));
            assertThat(model.versions())
                .extracting(RegisteredVersion::candidateId)
                .noneMatch(id -> id.startsWith("absurd"));
          }
          world.forgeUpdates();
          for (boolean opened = false; !opened; ) {
            RegistryAgent agent = world.process();
            try {
              open(agent);
              opened = true;
            } catch (Crash crash) {
              // The next start puts it right.
            }
          }
          world.requireChampions();
        });
  }

  /** Of two processes the one that took over last works on; the other hears of it when it next decides something. */
  @Property(tries = 100, shrinking = ShrinkingMode.OFF, afterFailure = AfterFailureMode.RANDOM_SEED)
  void aRegistryThatWasReplacedChangesNothing(
      @ForAll @LongRange(min = 0, max = 1_000_000) long contents, @ForAll long seed) {
    inDirectory(
        directory -> {
          SimulatedWorld world = new SimulatedWorld(contents, seed, 0, directory);
          RegistryAgent old = world.process();
          old.open();
          for (int i = world.fate().chance(20); i > 0; i--) {
            old.work();
          }
          RegistryAgent fresh = world.process();
          fresh.open();
          int events = world.events().size();
          if (!world.complete()) {
            assertThatThrownBy(() -> work(old, world)).isInstanceOf(TakenOverException.class);
          }
          assertThat(world.events()).hasSize(events);
          work(fresh, world);
          assertThat(world.complete()).isTrue();
        });
  }

  /** The simulation itself must be able to fail. */
  @Example
  void theWorldIsAsBadAsItSays() {
    SimulatedWorld world = run(7, 5, 0.08);
    assertThat(world.fate().kills()).isPositive();
    assertThat(world.fate().failures()).isPositive();
    assertThat(world.published()).isNotEmpty();
  }

  private static SimulatedWorld run(long contents, long seed, double trouble) {
    SimulatedWorld[] run = new SimulatedWorld[1];
    inDirectory(
        directory -> {
          SimulatedWorld world = new SimulatedWorld(contents, seed, trouble, directory);
          for (int life = 0; !world.complete(); life++) {
            assertThat(life).as("seed %d", seed).isLessThan(STEPS);
            live(world, null);
          }
          run[0] = world;
        });
    return run[0];
  }

  /** One process, until all is done or it is killed. */
  private static void live(SimulatedWorld world, @Nullable Random people) {
    RegistryAgent agent = world.process();
    try {
      open(agent);
      while (!world.complete()) {
        if (people != null && people.nextInt(4) == 0) {
          String model = SimulatedWorld.MODELS.get(people.nextInt(2));
          var unused = agent.submit(model, operation(people), ANN, Condition.NONE);
        }
        agent.work();
      }
      // The commit that completed it may have failed for all the agent knows: then it replays
      // first.
      for (int step = 0; step < STEPS && !agent.image().equals(world.image()); step++) {
        agent.work();
      }
      assertThat(agent.image().events()).isEqualTo(world.image().events());
    } catch (Crash crash) {
      // The next process goes on from what was committed.
    }
  }

  private static void open(RegistryAgent agent) {
    try {
      agent.open();
    } catch (UnavailableException e) {
      // As a supervisor sees it: the start failed, and there will be another.
      throw new Crash("at its start");
    }
  }

  private static void work(RegistryAgent agent, SimulatedWorld world) {
    for (int step = 0; step < STEPS && !world.complete(); step++) {
      agent.work();
    }
  }

  private static RegistryRequest operation(Random random) {
    long version = 1L + random.nextInt(6);
    return switch (random.nextInt(6)) {
      case 0 -> new RegistryRequest.Promote(version);
      case 1 -> new RegistryRequest.RollBack();
      case 2 -> new RegistryRequest.RollBackTo(version);
      case 3 -> new RegistryRequest.SetAlias("stable", version);
      case 4 -> new RegistryRequest.Pin();
      default -> new RegistryRequest.Unpin();
    };
  }

  private interface History {
    void in(Path directory);
  }

  private static void inDirectory(History history) {
    try {
      Path directory = Files.createTempDirectory("registry-simulation");
      try {
        history.in(directory);
      } finally {
        try (Stream<Path> files = Files.list(directory)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
