package io.engram.ingest.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.ingest.boundary.BoundaryRules;
import io.engram.ingest.boundary.DetectorKind;
import io.engram.ingest.boundary.Statistic;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.Task;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoundaryGroupingTest {

  /** Two classes whose places change at 150: the task ends there, whenever that was noticed, also over restarts. */
  @Test
  void aTaskEndsWhereTheStreamChanges() {
    BoundaryRules bayes = BoundaryRules.of(DetectorKind.BAYES, Statistic.LOSS);
    GroupingRig rig =
        new GroupingRig(
            GroupingRig.config()
                .with(
                    new GroupingRules(1_000, 1_000, Duration.ofHours(1), 16 << 20)
                        .with(new Cuts(Optional.empty(), Optional.empty(), Optional.of(bayes)))));
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      boolean left = random.nextBoolean();
      float[] features = {left ? -2 : 2, (float) random.nextGaussian() / 2};
      features[0] += (float) random.nextGaussian() / 2;
      String label = left == i < 150 ? "a" : "b";
      rig.send(
          "k", new LabeledExample("e-" + i, Tensors.float32(features, 2), label, null, Part.AUTO));
      if (i % 30 == 0) {
        rig.restart();
      }
    }
    rig.end();
    assertThat(rig.rejected).isEmpty();
    assertThat(rig.tasks)
        .hasSizeBetween(2, 4)
        .anySatisfy(
            task -> {
              assertThat(task.getClosedBy()).isEqualTo(ClosedBy.CHANGE);
              assertThat(task.getLastOffset()).isBetween(146L, 153L);
            });
    long next = 0;
    for (Task task : rig.tasks) {
      assertThat(task.getFirstOffset()).isEqualTo(next);
      next = task.getLastOffset() + 1;
    }
    assertThat(next).isEqualTo(200);
    assertThat(rig.store.buffered()).isZero();
  }
}
