package io.engram.ingest.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.ingest.domain.PartitionCounts.Total;
import io.engram.ingest.domain.WindowRules.Kind;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WindowsTest {

  private static GroupingRig rig(Kind kind, long length, long grace, LateRule late) {
    WindowRules window =
        new WindowRules(kind, Duration.ofMillis(length), Duration.ofMillis(grace), late);
    return new GroupingRig(
        GroupingRig.config()
            .with(
                new GroupingRules(2, 1_000, Duration.ofSeconds(1), 16 << 20)
                    .with(new Cuts(Optional.empty(), Optional.of(window), Optional.empty()))
                    .with(Strays.defaults().with(TooSmall.REJECT))));
  }

  private static void send(GroupingRig rig, int number, long time) {
    rig.send("k", Examples.classified(number, "a"), time);
  }

  @Test
  void aTumblingWindowIsATaskAndTheGraceWaitsForWhatComesLate() {
    GroupingRig rig = rig(Kind.TUMBLING, 100, 50, LateRule.REJECT);
    send(rig, 0, 10);
    send(rig, 1, 90);
    send(rig, 2, 110);
    send(rig, 3, 95);
    send(rig, 4, 150);
    send(rig, 5, 99);
    assertThat(rig.tasks)
        .singleElement()
        .satisfies(
            task -> {
              assertThat(Examples.numbers(task)).containsExactly(0, 1, 3);
              assertThat(task.getClosedBy()).isEqualTo(ClosedBy.WINDOW);
              assertThat(task.getTaskKey()).isEqualTo("k");
              assertThat(List.of(task.getFirstOffset(), task.getLastOffset()))
                  .containsExactly(0L, 3L);
            });
    assertThat(rig.reasons())
        .singleElement()
        .asString()
        .startsWith("example 'e-5': its time is 1970-01-01T00:00:00.099Z");
    assertThat(rig.counts.of(Total.LATE)).hasValue(1);
    rig.end();
    assertThat(rig.tasks).extracting(Examples::numbers).contains(List.of(2, 4));
  }

  @Test
  void aLateExampleMayJoinTheNewestWindow() {
    GroupingRig rig = rig(Kind.TUMBLING, 100, 0, LateRule.JOIN);
    send(rig, 0, 10);
    send(rig, 1, 20);
    send(rig, 2, 110);
    send(rig, 3, 30);
    rig.end();
    assertThat(rig.tasks)
        .extracting(Examples::numbers)
        .containsExactly(List.of(0, 1), List.of(2, 3));
    assertThat(rig.counts.of(Total.LATE)).hasValue(1);
  }

  @Test
  void aSessionEndsWithSilenceAndWhatComesBetweenTwoMakesThemOne() {
    GroupingRig rig = rig(Kind.SESSION, 100, 300, LateRule.REJECT);
    send(rig, 0, 1_000);
    send(rig, 1, 1_150);
    send(rig, 2, 1_075);
    send(rig, 3, 1_350);
    send(rig, 4, 1_390);
    send(rig, 5, 1_800);
    rig.end();
    assertThat(rig.tasks)
        .extracting(Examples::numbers)
        .containsExactly(List.of(0, 1, 2), List.of(3, 4));
    assertThat(rig.tasks).extracting(Task::getClosedBy).containsOnly(ClosedBy.SESSION);
  }

  @Test
  void silenceOnTheClockClosesAWindow() {
    GroupingRig rig = rig(Kind.TUMBLING, 100, 0, LateRule.REJECT);
    send(rig, 0, 10);
    send(rig, 1, 20);
    rig.restart();
    rig.pass(2_000);
    assertThat(rig.tasks).extracting(Task::getClosedBy).containsExactly(ClosedBy.WINDOW);
    send(rig, 2, 30);
    assertThat(rig.counts.rejected(Category.LATE)).hasValue(1);
  }

  /** Whatever the order: each example in one place, and none in a task with others of another window. */
  @Property(tries = 200)
  void everyExampleEndsInOnePlaceAndInItsWindow(
      @ForAll @Size(max = 80) List<@IntRange(max = 2_000) Integer> times,
      @ForAll @IntRange(max = 400) int grace) {
    GroupingRig rig = rig(Kind.TUMBLING, 100, grace, LateRule.REJECT);
    TreeMap<Integer, Integer> windows = new TreeMap<>();
    for (int i = 0; i < times.size(); i++) {
      send(rig, i, times.get(i));
      windows.put(i, times.get(i) / 100);
      if (i % 7 == 0) {
        rig.restart();
      }
    }
    rig.end();
    List<Integer> placed = new ArrayList<>();
    for (Task task : rig.tasks) {
      List<Integer> numbers = Examples.numbers(task);
      placed.addAll(numbers);
      assertThat(numbers).extracting(windows::get).containsOnly(windows.get(numbers.get(0)));
    }
    assertThat(placed).doesNotHaveDuplicates();
    assertThat(placed.size() + rig.rejected.size()).isEqualTo(times.size());
    assertThat(rig.store.buffered()).isZero();
    assertThat(rig.counts.of(Total.OPEN)).hasValue(0);
  }

  /** Sessions in order are what the gaps say. */
  @Property(tries = 200)
  void sessionsAreCutAtTheGaps(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 200) Integer> steps) {
    GroupingRig rig = rig(Kind.SESSION, 100, 0, LateRule.REJECT);
    List<List<Integer>> expected = new ArrayList<>();
    long time = 1_000;
    for (int i = 0; i < steps.size(); i++) {
      time += steps.get(i);
      if (i == 0 || steps.get(i) >= 100) {
        expected.add(new ArrayList<>());
      }
      expected.get(expected.size() - 1).add(i);
      send(rig, i, time);
    }
    rig.end();
    expected.removeIf(session -> session.size() < 2);
    assertThat(rig.tasks).extracting(Examples::numbers).isEqualTo(expected);
  }
}
