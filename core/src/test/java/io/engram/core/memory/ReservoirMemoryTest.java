package io.engram.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.random.RandomStream;
import io.engram.core.task.LogPosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReservoirMemoryTest {

  @Property
  void keepsTheSameTasksInWhateverOrderAndGroupsTheyCome(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int capacity,
      @ForAll @IntRange(max = 60) int tasks,
      @ForAll @IntRange(min = 1, max = 7) int group,
      @ForAll Random order) {
    List<LogPosition> log = positions(tasks);
    ReservoirMemory inOrder = new ReservoirMemory(capacity, seed);
    log.forEach(position -> offer(inOrder, List.of(position)));
    List<LogPosition> shuffled = new ArrayList<>(log);
    Collections.shuffle(shuffled, order);
    ReservoirMemory inGroups = new ReservoirMemory(capacity, seed);
    for (int i = 0; i < tasks; i += group) {
      offer(inGroups, shuffled.subList(i, Math.min(tasks, i + group)));
    }
    assertThat(contents(inGroups)).isEqualTo(contents(inOrder)).hasSize(Math.min(capacity, tasks));
  }

  @Property
  void restoredFromItsSlotsItGoesOnTheSame(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int capacity) {
    List<LogPosition> log = positions(40);
    ReservoirMemory memory = new ReservoirMemory(capacity, seed);
    offer(memory, log.subList(0, 20));
    List<LogPosition> slots = new ArrayList<>();
    for (int slot = 0; slot < memory.size(); slot++) {
      slots.add(memory.at(slot));
    }
    ReservoirMemory restored = ReservoirMemory.restore(capacity, seed, slots);
    assertThat(restored.decide(log.subList(20, 40))).isEqualTo(memory.decide(log.subList(20, 40)));
  }

  @Property
  void decidingChangesNothing(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int capacity) {
    ReservoirMemory memory = new ReservoirMemory(capacity, seed);
    offer(memory, positions(12));
    Set<LogPosition> before = contents(memory);
    List<LogPosition> more = positions(30).subList(12, 30);
    List<Admission> decisions = memory.decide(more);
    assertThat(contents(memory)).isEqualTo(before);
    assertThat(memory.decide(more)).isEqualTo(decisions);
  }

  /** Every task of n is kept with probability k/n, the first as much as the last. */
  @Test
  void inclusionIsUniform() {
    int seeds = 4_000;
    int tasks = 30;
    int capacity = 6;
    int[] kept = new int[tasks];
    for (int seed = 0; seed < seeds; seed++) {
      ReservoirMemory memory = new ReservoirMemory(capacity, seed);
      offer(memory, positions(tasks));
      contents(memory).forEach(position -> kept[(int) position.offset()]++);
    }
    double p = (double) capacity / tasks;
    double sixDeviations = 6 * Math.sqrt(seeds * p * (1 - p));
    for (int count : kept) {
      assertThat((double) count).isCloseTo(seeds * p, within(sixDeviations));
    }
  }

  @Property
  void drawsAreDistinctWhileThereAreEnough(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int count) {
    ReservoirMemory memory = new ReservoirMemory(8, 1);
    offer(memory, positions(20));
    int[] drawn = memory.draw(count, new RandomStream(seed));
    assertThat(IntStream.of(drawn).boxed()).hasSize(count).allMatch(slot -> slot >= 0 && slot < 8);
    Set<Integer> distinct = new HashSet<>();
    for (int slot : drawn) {
      distinct.add(slot);
    }
    assertThat(distinct).hasSize(Math.min(count, 8));
  }

  @Test
  void anEmptyMemoryDrawsNothing() {
    assertThat(new ReservoirMemory(3, 1).draw(4, new RandomStream(1))).isEmpty();
  }

  @Test
  void decisionsOfAnotherMomentAreRefused() {
    ReservoirMemory memory = new ReservoirMemory(2, 5);
    offer(memory, positions(2));
    int wrongSlot = -1;
    assertThatThrownBy(
            () ->
                memory.apply(
                    List.of(new LogPosition(0, 9)),
                    List.of(new Admission.Replaced(wrongSlot, new LogPosition(0, 0)))))
        .hasMessageContaining("was not made on this memory");
  }

  private static void offer(ReservoirMemory memory, List<LogPosition> positions) {
    memory.apply(positions, memory.decide(positions));
  }

  private static Set<LogPosition> contents(ReservoirMemory memory) {
    Set<LogPosition> contents = new HashSet<>();
    for (int slot = 0; slot < memory.size(); slot++) {
      contents.add(memory.at(slot));
    }
    return contents;
  }

  private static List<LogPosition> positions(int count) {
    List<LogPosition> positions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      positions.add(new LogPosition(i % 3, i));
    }
    return positions;
  }
}
