package io.engram.ingest.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.ingest.domain.PartitionCounts.Total;
import io.engram.schemas.Tensors;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.UnlabeledExample;
import org.junit.jupiter.api.Test;

class QuestionsTest {

  private final GroupingRig rig = new GroupingRig(GroupingRig.config());

  @Test
  void aQuestionIsCountedAndNeitherGroupedNorRejected() {
    byte[] question =
        Wire.unlabeledExample()
            .encode(new UnlabeledExample("q", Tensors.float32(new float[] {1}, 1)));
    rig.send("k", Examples.classified(0, "a"));
    rig.send("k", question);
    rig.send("k", question);
    assertThat(rig.counts.of(Total.QUESTIONS)).hasValue(2);
    assertThat(rig.counts.of(Total.EXAMPLES)).hasValue(1);
    assertThat(rig.counts.of(Total.OPEN)).hasValue(1);
    assertThat(rig.rejected).isEmpty();
  }

  @Test
  void aQuestionWithoutAKeyIsRejectedAsExamplesAre() {
    rig.send(
        null,
        Wire.unlabeledExample()
            .encode(new UnlabeledExample("q", Tensors.float32(new float[] {1}, 1))));
    assertThat(rig.rejected).hasSize(1);
    assertThat(rig.counts.rejected(Category.NO_KEY)).hasValue(1);
  }
}
