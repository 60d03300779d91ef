package io.engram.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.continual.OnlineSgd;
import io.engram.core.memory.Capacity;
import io.engram.core.memory.MemorySettings;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.Retention;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.Schedule;
import io.engram.core.network.NetworkSpec;
import org.junit.jupiter.api.Test;

class LifelongSettingsTest {

  private static final NetworkSpec NETWORK = NetworkSpec.parse("input(2) dense(3) softmax");

  /** Versions state these words; one that is made again after an upgrade must state the same. */
  @Test
  void theWordsOfALearnerOfTasksAreThoseOfAllVersionsSoFar() {
    assertThat(ofTasks(NETWORK, false, LabelSpace.PER_TASK).inWords())
        .startsWith("LifelongSettings[network=input(2) dense(3) softmax, meta=MetaSettings[")
        .endsWith(
            ", seed=7, zeroHead=true, groupSize=4, replay=2, mixClasses=false, outerSteps=3, trainQueries=1, memoryCapacity=8 tasks, "
                + "retention=RESERVOIR, replayDraw=Uniform[], scoring=TRANSDUCTIVE, labelSpace=PER_TASK, standardise=false, "
                + "scoreUntrained=true, window=20, stream=null, holdOut=HoldOut[share=0.0, examples=1]]");
  }

  @Test
  void theWordsOfALearnerOfExamplesNameItAndAllItsSettings() {
    StreamSettings settings =
        new StreamSettings(basics(NETWORK), new OnlineSgd.Settings(4, 0.1f, 2), HoldOut.NONE);
    assertThat(settings.inWords())
        .isEqualTo(
            "network=input(2) dense(3) softmax, learner=online-sgd Settings[arriving=4, step=0.1, glances=2], seed=7, zeroHead=true, "
                + "labelSpace=GLOBAL, standardise=false, holdOut=HoldOut[share=0.0, examples=1]");
    assertThat(settings.adaptation().inner().steps()).as("θ is used as it is").isZero();
  }

  @Test
  void whatCannotBeLearnedIsRefusedByTheRecordItself() {
    NetworkSpec values = NetworkSpec.parse("input(2) dense(3) mse");
    assertThatThrownBy(
            () ->
                new StreamSettings(
                    basics(values), new OnlineSgd.Settings(4, 0.1f, 2), HoldOut.NONE))
        .hasMessage(
            "network must be of dense layers and end in softmax with the continual learner online-sgd, found \"input(2) dense(3) mse\"");
    assertThatThrownBy(() -> ofTasks(NETWORK, true, LabelSpace.GLOBAL))
        .hasMessageContaining("mix-classes")
        .hasMessageContaining("the label space is GLOBAL");
    assertThatThrownBy(() -> new Basics(NETWORK, 7, true, 0, false, true, 20))
        .hasMessage("group size must be at least 1, found 0");
    assertThatThrownBy(() -> new OuterSteps(-1, 0, 0, false))
        .hasMessage("outer steps must be at least 0, found -1");
    assertThatThrownBy(() -> new OnlineSgd.Settings(4, Float.NaN, 2))
        .hasMessage("step must be more than 0, found NaN");
  }

  private static Basics basics(NetworkSpec network) {
    return new Basics(network, 7, true, 4, false, true, 20);
  }

  private static TaskSettings ofTasks(NetworkSpec network, boolean mixClasses, LabelSpace labels) {
    OuterOptimizer outer = OuterOptimizer.Adam.standard(new Schedule.Constant(0.05));
    return new TaskSettings(
        basics(network),
        new MetaSettings(
            MetaRule.FIRST_ORDER, InnerLoop.sgd(2, 0.1f), InnerSteps.FIXED, outer, outer, 0),
        new OuterSteps(3, 1, 2, mixClasses),
        new MemorySettings(new Capacity.Tasks(8), Retention.RESERVOIR, new ReplayDraw.Uniform()),
        NormalizationMode.TRANSDUCTIVE,
        labels);
  }
}
