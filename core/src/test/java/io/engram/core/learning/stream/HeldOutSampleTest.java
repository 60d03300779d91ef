package io.engram.core.learning.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.stream.SparseInput;
import io.engram.core.continual.StreamExample;
import io.engram.core.learning.HeldOut;
import io.engram.core.learning.HoldOut;
import io.engram.core.task.LogPosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeldOutSampleTest {

  private static final int TASKS = 4_000;
  private static final int EXAMPLES = 10;

  /** An example's input says which task it is of. */
  private static StreamExample of(int task) {
    return new StreamExample(SparseInput.of(new float[] {task + 1}), 0);
  }

  private static int task(StreamExample example) {
    return (int) example.input().values()[0] - 1;
  }

  private static HeldOutSample empty(double share, int examples, long seed) {
    return new HeldOutSample(new HoldOut(share, examples), seed, HeldOut.NONE);
  }

  private static int show(HeldOutSample sample, int task) {
    int out = 0;
    for (int i = 0; i < EXAMPLES; i++) {
      long tag = sample.tag(new LogPosition(task % 2, (long) task / 2), i);
      if (sample.holdsOut(tag)) {
        sample.add(tag, of(task));
        out++;
      }
    }
    return out;
  }

  @Test
  void theShareIsHeldOutAndNoMoreThanTheBoundIsKept() {
    HeldOutSample sample = empty(0.02, 300, 1);
    int out = 0;
    for (int task = 0; task < TASKS; task++) {
      out += show(sample, task);
    }
    assertThat(out / (double) (TASKS * EXAMPLES)).isCloseTo(0.02, within(0.003));
    assertThat(sample.snapshot().examples()).hasSize(300);
  }

  /** Halves and quarters of the past are there by their size: over 40 seeds of 300 examples each a share is good to 0.02. */
  @Test
  void theSampleIsUniformOverThePast() {
    int early = 0;
    int late = 0;
    int kept = 0;
    for (long seed = 0; seed < 40; seed++) {
      HeldOutSample sample = empty(0.05, 300, seed);
      for (int task = 0; task < TASKS; task++) {
        show(sample, task);
      }
      for (StreamExample example : sample.snapshot().examples().values()) {
        early += task(example) < TASKS / 4 ? 1 : 0;
        late += task(example) >= TASKS / 2 ? 1 : 0;
        kept++;
      }
    }
    assertThat(early / (double) kept).isCloseTo(0.25, within(0.02));
    assertThat(late / (double) kept).isCloseTo(0.5, within(0.02));
  }

  @Test
  void orderRepetitionAndInterruptionChangeNothing() {
    HeldOutSample inOrder = empty(0.1, 200, 3);
    List<Integer> tasks = new ArrayList<>();
    for (int task = 0; task < TASKS; task++) {
      show(inOrder, task);
      tasks.add(task);
    }
    Collections.shuffle(tasks, new Random(5));
    HeldOutSample other = empty(0.1, 200, 3);
    for (int task : tasks.subList(0, TASKS / 2)) {
      show(other, task);
      show(other, task);
    }
    HeldOutSample resumed = new HeldOutSample(new HoldOut(0.1, 200), 3, other.snapshot());
    for (int task : tasks.subList(TASKS / 2, TASKS)) {
      show(resumed, task);
    }
    assertThat(resumed.snapshot().examples().keySet())
        .isEqualTo(inOrder.snapshot().examples().keySet());
  }

  @Test
  void aSnapshotDoesNotMove() {
    HeldOutSample sample = empty(0.5, 100, 2);
    show(sample, 0);
    HeldOut before = sample.snapshot();
    int size = before.examples().size();
    assertThat(sample.snapshot()).as("nothing came since").isSameAs(before);
    for (int task = 1; task < 10; task++) {
      show(sample, task);
    }
    assertThat(before.examples()).hasSize(size);
    assertThat(sample.snapshot().without(before))
        .hasSize(sample.snapshot().examples().size() - size);
  }

  @Test
  void aShareThatWouldLeaveLittleToLearnIsRefused() {
    assertThatThrownBy(() -> new HoldOut(0.6, 10)).hasMessageContaining("from 0 to 0.5");
    assertThatThrownBy(() -> new HoldOut(Double.NaN, 10)).hasMessageContaining("found NaN");
    assertThatThrownBy(() -> new HoldOut(0.1, 0)).hasMessageContaining("at least 1, found 0");
    assertThat(empty(0, 10, 0).holdsOut(0)).isFalse();
  }
}
