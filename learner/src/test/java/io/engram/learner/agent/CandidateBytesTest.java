package io.engram.learner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.continual.OnlineSgd;
import io.engram.core.evaluation.TaskScore;
import io.engram.core.learning.Basics;
import io.engram.core.learning.HoldOut;
import io.engram.core.learning.LabelSpace;
import io.engram.core.learning.LifelongSettings;
import io.engram.core.learning.LifelongState;
import io.engram.core.learning.OuterSteps;
import io.engram.core.learning.RunningScale;
import io.engram.core.learning.Standing;
import io.engram.core.learning.StreamSettings;
import io.engram.core.learning.StreamState;
import io.engram.core.learning.TableState;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.memory.Capacity;
import io.engram.core.memory.MemorySettings;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.Retention;
import io.engram.core.network.NetworkSpec;
import io.engram.learner.InnerConfig;
import io.engram.learner.MetaConfig;
import io.engram.learner.OuterConfig;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Wire;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Candidates of the first release, by the sums of their manifests' bytes: what is published of a state stays the same to the byte. */
class CandidateBytesTest {

  @ParameterizedTest
  @CsvSource({
    "fomaml, sgd, 0, none, PER_TASK, input(3) dense(2) relu dense(1) mse, true, 23f96aee8eb0937d",
    "fomaml, sgd, 5, none, GLOBAL, 'input(1,4,4) conv(2,3,stride=1,same) batchnorm relu flatten dense(3) softmax', false, 3facc81b2ca29039",
    "reptile, adam, 10, none, PER_TASK, input(3) dense(2) layernorm tanh dense(2) softmax, true, a45fd31d04d14003",
    "maml, sgd, 0, per-tensor, PER_TASK, input(3) dense(2) relu dense(2) softmax, false, 394adb124afb638e",
    "meta-sgd, sgd, 0, per-parameter, PER_TASK, input(3) dense(2) relu dense(1) mse, true, c3abed89b06d4e1c",
    "anil, sgd, 0, none, PER_TASK, input(3) dense(2) relu dense(2) softmax, false, da88d79556abf6c8",
    "online-sgd, sgd, 0, none, GLOBAL, input(3) dense(2) relu dense(2) softmax, true, beff225f881a9549"
  })
  void areThoseOfTheFirstRelease(
      String algorithm,
      String optimizer,
      int batch,
      String learned,
      LabelSpace space,
      String network,
      boolean standardise,
      String sum) {
    Basics basics = new Basics(NetworkSpec.parse(network), 7, false, 4, standardise, true, 50);
    LifelongSettings settings =
        algorithm.equals("online-sgd")
            ? new StreamSettings(basics, new OnlineSgd.Settings(1, 0.1f, 1), HoldOut.NONE)
            : new TaskSettings(
                basics,
                new MetaConfig(
                        algorithm,
                        new InnerConfig(3, 0.02, optimizer, batch, learned, 1e-3),
                        OuterConfig.adam(3e-3),
                        0,
                        0)
                    .toSettings(),
                new OuterSteps(6, 0, 4, false),
                new MemorySettings(
                    new Capacity.Tasks(8), Retention.RESERVOIR, new ReplayDraw.Uniform()),
                NormalizationMode.NON_TRANSDUCTIVE,
                space);
    LifelongState state = state(settings, space);
    CandidateFactory factory =
        new CandidateFactory(
            "m", settings, new Provenance("fused", "test", "17", "amd64", Map.of("Task", "1")));

    Candidate candidate = factory.make(state, "3-abc");
    byte[] manifest = Wire.modelManifest().encode(candidate.manifest());
    assertThat(candidate.manifest().getSha256())
        .isEqualTo(ModelChunks.sha256(candidate.parameters()));
    assertThat(ModelChunks.sha256(manifest)).startsWith(sum);
  }

  private static LifelongState state(LifelongSettings settings, LabelSpace space) {
    return settings.either(
        ofTasks -> {
          TaskState initial = TaskState.initial(ofTasks);
          return new TaskState(initial.meta(), initial.memory(), later(initial, space));
        },
        ofStream -> {
          StreamState initial = StreamState.initial(ofStream);
          return new StreamState(
              initial.theta(),
              initial.updates(),
              initial.learner(),
              initial.heldOut(),
              initial.examination(),
              later(initial, space));
        },
        TableState::initial);
  }

  private static Standing later(LifelongState initial, LabelSpace space) {
    float[] stepSizes = initial.stepSizes();
    for (int i = 0; i < stepSizes.length; i++) {
      stepSizes[i] += 0.001f * i;
    }
    initial.scores().add(new TaskScore(0.5, 0.25, Double.NaN));
    initial.scores().add(new TaskScore(0.75, 0.5, Double.NaN));
    return new Standing(
        initial.scores(),
        space == LabelSpace.GLOBAL ? List.of("cat", "dog") : List.of(),
        scale(initial.inputScale()),
        scale(initial.targetScale()),
        initial.progress());
  }

  private static @Nullable RunningScale scale(@Nullable RunningScale like) {
    if (like == null) {
      return null;
    }
    double[] mean = new double[like.mean().length];
    double[] squares = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = 0.1 + i;
      squares[i] = 3.3 * i;
    }
    return new RunningScale(mean, squares, 4);
  }
}
