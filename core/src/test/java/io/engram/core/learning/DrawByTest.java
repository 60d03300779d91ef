package io.engram.core.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.task.LogPosition;
import org.junit.jupiter.api.Test;

/** What stands for a task in its random draws. */
class DrawByTest {

  @Test
  void byPositionItIsThePlaceInTheLogAndByArrivalItIsNot() {
    LogPosition position = new LogPosition(2, 17);

    assertThat(DrawBy.POSITION.place(position, 5)).isEqualTo(position);
    assertThat(DrawBy.ARRIVAL.place(position, 5)).isEqualTo(new LogPosition(0, 5));
    assertThat(DrawBy.ARRIVAL.place(new LogPosition(0, 99), 5))
        .isEqualTo(DrawBy.ARRIVAL.place(position, 5));
  }

  @Test
  void inALogOfOnePartitionWithoutGapsBothAreTheSame() {
    for (long task = 0; task < 100; task++) {
      LogPosition position = new LogPosition(0, task);
      assertThat(DrawBy.ARRIVAL.place(position, task))
          .isEqualTo(DrawBy.POSITION.place(position, task));
    }
  }
}
