package io.engram.engine.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.MetaState;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.ResidentTrainer;
import io.engram.core.meta.Schedule;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.engine.cuda.device.DeviceLostException;
import io.engram.engine.cuda.device.FailingDevice;
import io.engram.engine.cuda.device.ShimDevice;
import io.engram.engine.cuda.device.Sources;
import io.engram.engine.reference.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A card is lost at any command: everything fails from there on, in one voice, and closing is quiet. */
class LostCardTest {

  private static final NetworkSpec NETWORK = NetworkSpec.parse(Problems.REGRESSION);
  private static final float[] THETA = Problems.theta(NETWORK, 5);
  private static final List<Episode> EPISODES = Problems.episodes(NETWORK, 2, 4, 3);
  private static final InnerLoop LOOP = InnerLoop.sgd(1, 0.1f);
  private static final MetaSettings SETTINGS =
      new MetaSettings(
          MetaRule.FIRST_ORDER,
          LOOP,
          InnerSteps.FIXED,
          OuterOptimizer.Adam.standard(new Schedule.Constant(0.01)),
          OuterOptimizer.Adam.standard(new Schedule.Constant(0.01)),
          0);

  @BeforeAll
  static void compilerIsHere() {
    Assumptions.assumeTrue(
        Sources.canPlayACard(),
        "no g++ here, or no sources: the kernels are not run without a card");
  }

  @Test
  void whateverWasLostEveryLaterCallSaysSo() {
    int losses = 0;
    for (int n = 1; ; n++) {
      FailingDevice device = new FailingDevice(ShimDevice.open(), n);
      DeviceLostException loss = compute(device);
      if (!device.failed()) {
        break;
      }
      losses += loss == null ? 0 : 1;
    }
    assertThat(losses).as("commands at which a card was lost").isGreaterThan(50);
  }

  /** Uses all of a program's calls until one fails; then all the others must, too. */
  private static @Nullable DeviceLostException compute(FailingDevice device) {
    CudaProgram program;
    try {
      program = new CudaProgram(device, NETWORK, Arithmetic.SPLIT);
    } catch (DeviceLostException e) {
      return e;
    }
    DeviceLostException loss = null;
    try {
      all(program).forEach(Runnable::run);
    } catch (DeviceLostException e) {
      loss = e;
    }
    if (loss != null) {
      for (Runnable call : all(program)) {
        assertThatThrownBy(call::run)
            .isInstanceOf(DeviceLostException.class)
            .hasMessage(loss.getMessage());
      }
    }
    assertThatCode(program::close).as("closing after %s", loss).doesNotThrowAnyException();
    return loss;
  }

  private static List<Runnable> all(CudaProgram program) {
    int length = THETA.length;
    return List.of(
        () ->
            program.metaGradient(
                THETA,
                EPISODES,
                MetaObjective.of(LOOP, MetaRule.FIRST_ORDER),
                MetaGradient.of(length)),
        () -> program.adapt(THETA, EPISODES, LOOP, new float[2][length]),
        () ->
            program.evaluate(
                new float[][] {THETA, THETA},
                EPISODES,
                NormalizationMode.TRANSDUCTIVE,
                List.of(new Evaluation(), new Evaluation())),
        () -> program.trainer(SETTINGS, state(), EPISODES).close());
  }

  @Test
  void aTrainerOfALostCardFailsAndClosesQuietly() {
    int losses = 0;
    for (int n = 1; ; n++) {
      FailingDevice device = new FailingDevice(ShimDevice.open(), n);
      try (CudaProgram program = new CudaProgram(device, NETWORK, Arithmetic.SPLIT);
          ResidentTrainer trainer = program.trainer(SETTINGS, state(), EPISODES)) {
        losses += train(trainer) ? 0 : 1;
      } catch (DeviceLostException e) {
        // Before there was a trainer.
        losses++;
      }
      if (!device.failed()) {
        break;
      }
    }
    assertThat(losses).isGreaterThan(40);
  }

  /** Whether it went well; if not, it stays so. */
  private static boolean train(ResidentTrainer trainer) {
    MetaState reached = state();
    try {
      trainer.step(EPISODES);
      trainer.step(EPISODES);
      trainer.repeat();
      trainer.await();
      trainer.store(reached);
      return true;
    } catch (DeviceLostException e) {
      assertThatThrownBy(() -> trainer.step(EPISODES)).hasMessage(e.getMessage());
      assertThatThrownBy(trainer::await).hasMessage(e.getMessage());
      assertThatThrownBy(() -> trainer.store(reached)).hasMessage(e.getMessage());
      assertThat(reached.theta()).as("nothing was taken over").isEqualTo(THETA);
      return false;
    }
  }

  @Test
  void aCardThatCannotBeOpenedCannotRunTheNetwork() {
    CudaEngine engine =
        new CudaEngine(
            "cuda",
            Arithmetic.SPLIT,
            () -> {
              throw new DeviceLostException("CUDA failed in opening a card");
            });
    assertThatThrownBy(() -> engine.compile(NETWORK))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageContaining("cannot be opened")
        .hasMessageContaining("CUDA failed in opening a card");
  }

  @Test
  void streamProgramsAreRefusedWithTheReason() {
    CudaEngine engine = new CudaEngine("cuda", Arithmetic.SPLIT, ShimDevice::open);
    assertThatThrownBy(() -> engine.compileStream(NetworkSpec.parse(Problems.MLP)))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageContaining("too small for a card")
        .hasMessageContaining("2 to 5 µs")
        .hasMessageContaining("use the engine fused");
  }

  @Test
  void aProgramThatWasClosedIsClosed() {
    MetaProgram program = new CudaProgram(ShimDevice.open(), NETWORK, Arithmetic.SPLIT);
    program.close();
    program.close();
    assertThatThrownBy(() -> program.adapt(THETA, EPISODES, LOOP, new float[2][THETA.length]))
        .isInstanceOf(IllegalStateException.class);
  }

  private static MetaState state() {
    return MetaState.initial(THETA.clone(), NETWORK.layout(), SETTINGS);
  }
}
