package io.engram.benchmarks.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.episode.MetaRule;
import io.engram.engine.fused.FusedEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {

  private static final Training TRAINING =
      new Training(DeviceCase.MLP, MetaRule.SECOND_ORDER, 2, 6);

  @Test
  void theSameTrainingHasTheSameFingerprintAndAnotherAnother() {
    String first = TRAINING.run(new FusedEngine(2));
    assertThat(TRAINING.run(new FusedEngine(1))).isEqualTo(first);
    assertThat(new Training(DeviceCase.MLP, MetaRule.FIRST_ORDER, 2, 6).run(new FusedEngine(1)))
        .isNotEqualTo(first);
  }

  @Test
  void goesOnFromItsCheckpoint(@TempDir Path directory) throws Exception {
    Path checkpoint = directory.resolve("some.checkpoint");
    String whole = TRAINING.run(new FusedEngine(1), checkpoint, 2);
    assertThat(Files.exists(checkpoint)).isTrue();
    // All is in the checkpoint: nothing is left to do, and the fingerprint is the same.
    assertThat(TRAINING.run(new FusedEngine(1), checkpoint, 2)).isEqualTo(whole);
    assertThat(TRAINING.run(new FusedEngine(1))).isEqualTo(whole);
  }
}
