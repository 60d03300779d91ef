package io.engram.learner.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.evaluation.TaskScore;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.learner.TestSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandidateFactoryTest {

  /** The registry refuses a candidate with a number that is none: what was not scored is not mentioned. */
  @Test
  void aLearnerThatDoesNotScoreUntrainedParametersSaysNothingOfThem() {
    TaskSettings settings = TestSettings.sinusoid(4);
    TaskState state = TaskState.initial(settings);
    state.scores().add(new TaskScore(0.5, Double.NaN, Double.NaN));
    CandidateFactory factory =
        new CandidateFactory(
            "waves", settings, new Provenance("fused", "test", "17", "amd64", Map.of()));

    assertThat(factory.make(state, null).manifest().getMetrics())
        .isEqualTo(Map.of("prequential.window", 0.5));
  }
}
