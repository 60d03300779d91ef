package io.engram.cli.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.cli.config.InvalidSettings;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.core.memory.EpisodicMemory;
import io.engram.core.memory.MemorySettings;
import io.engram.core.memory.Offer;
import io.engram.core.memory.Remembered;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.Retention;
import io.engram.core.task.LogPosition;
import io.engram.core.testing.DrawLarge;
import io.engram.core.testing.KeepTheOldest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the memory keeps and draws is chosen by name, and a jar may bring more to choose from. */
class MemoryPoliciesTest {

  private static final Layers WAVES = Layers.none().withPreset("sinusoid");

  @Test
  void oursAreChosenByTheirNames() {
    MemorySettings memory =
        memory(
            WAVES
                .withAssignment("learner.retention=balanced-by-key")
                .withAssignment("learner.replay-draw=similar")
                .withAssignment("learner.neighbours=3"));
    assertThat(memory.retention()).isEqualTo(Retention.BALANCED_BY_KEY);
    assertThat(memory.draw()).isEqualTo(new ReplayDraw.SimilarToTask(3));
    assertThatThrownBy(() -> memory(WAVES.withAssignment("learner.retention=newest")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining(
            "expected one of balanced-by-class, balanced-by-key, oldest, reservoir, sliding-window, surprise-weighted");
  }

  @Test
  void whatWasAddedIsChosenLikeOursAndTheMemoryFollowsIt() {
    MemorySettings settings =
        memory(
            WAVES
                .withAssignment("learner.retention=oldest")
                .withAssignment("learner.replay-draw=large")
                .withAssignment("learner.memory-capacity=3"));
    assertThat(settings.retention()).isInstanceOf(KeepTheOldest.class);
    assertThat(settings.draw()).isEqualTo(new DrawLarge());
    EpisodicMemory memory = settings.empty(1);
    for (long i = 0; i < 10; i++) {
      List<Offer> offer = List.of(new Offer(new LogPosition(0, i), "key", List.of(), i, 100, 0.5f));
      memory.apply(offer, memory.decide(offer));
    }
    assertThat(memory.contents().values().stream().map(Remembered::arrival))
        .containsExactlyInAnyOrder(0L, 1L, 2L);
  }

  private static MemorySettings memory(Layers layers) {
    return LearnerSettings.ofTasks(
            Settings.load(
                layers.withAssignment("learner.network=input(1) dense(4) relu dense(1) mse")))
        .memory();
  }
}
