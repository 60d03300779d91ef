package io.engram.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.random.RandomStream;
import io.engram.core.task.LogPosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EpisodicMemoryTest {

  /** Of the smallest task; the largest has more than three times as many. */
  private static final int BYTES = 100;

  @Property
  void aReservoirKeepsTheSameTasksInWhateverOrderAndGroupsTheyCome(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int capacity,
      @ForAll @IntRange(max = 60) int tasks,
      @ForAll @IntRange(min = 1, max = 7) int group,
      @ForAll Random order) {
    List<Offer> log = offers(tasks);
    EpisodicMemory inOrder = memory(capacity, Retention.RESERVOIR, seed);
    log.forEach(offer -> offer(inOrder, List.of(offer)));
    List<Offer> shuffled = new ArrayList<>(log);
    Collections.shuffle(shuffled, order);
    EpisodicMemory inGroups = memory(capacity, Retention.RESERVOIR, seed);
    for (int i = 0; i < tasks; i += group) {
      offer(inGroups, shuffled.subList(i, Math.min(tasks, i + group)));
    }
    assertThat(kept(inGroups)).isEqualTo(kept(inOrder)).hasSize(Math.min(capacity, tasks));
  }

  @Property
  void decidingChangesNothingAndIsWhatApplyingDoes(
      @ForAll long seed,
      @ForAll Retention retention,
      @ForAll boolean inBytes,
      @ForAll @IntRange(min = 1, max = 9) int size) {
    Capacity capacity = capacity(size, inBytes);
    EpisodicMemory memory = memory(capacity, retention, seed);
    EpisodicMemory oneByOne = memory(capacity, retention, seed);
    List<Offer> log = offers(36);
    for (int i = 0; i < 36; i += 4) {
      List<Offer> group = log.subList(i, i + 4);
      Map<Integer, Remembered> before = memory.contents();
      List<Admission> decisions = memory.decide(group);
      assertThat(memory.contents()).isEqualTo(before);
      assertThat(memory.decide(group)).isEqualTo(decisions);
      memory.apply(group, decisions);
      group.forEach(offer -> offer(oneByOne, List.of(offer)));
      assertThat(memory.contents()).isEqualTo(oneByOne.contents());
    }
  }

  @Property
  void restoredFromItsSlotsItGoesOnTheSame(
      @ForAll long seed,
      @ForAll Retention retention,
      @ForAll boolean recent,
      @ForAll boolean inBytes,
      @ForAll @IntRange(min = 1, max = 9) int size) {
    Capacity capacity = capacity(size, inBytes);
    ReplayDraw draw =
        recent ? new ReplayDraw.RecencyWeighted(5) : new ReplayDraw.SurpriseWeighted();
    List<Offer> log = offers(40);
    EpisodicMemory memory = new EpisodicMemory(capacity, retention, draw, seed);
    offer(memory, log.subList(0, 20));
    EpisodicMemory restored =
        EpisodicMemory.restore(
            capacity, retention, draw, seed, memory.contents(), memory.arrivals());
    assertThat(restored.draw(5, new RandomStream(seed)))
        .containsExactly(memory.draw(5, new RandomStream(seed)));
    assertThat(restored.decide(log.subList(20, 40))).isEqualTo(memory.decide(log.subList(20, 40)));
  }

  @Property
  void aBoundInBytesIsKeptAndNobodyGoesInVain(
      @ForAll long seed,
      @ForAll Retention retention,
      @ForAll @IntRange(min = 50, max = 2_000) int bound) {
    EpisodicMemory memory = memory(new Capacity.Bytes(bound), retention, seed);
    for (Offer offer : offers(60)) {
      long before = memory.bytes();
      Admission admission = memory.decide(List.of(offer)).get(0);
      offer(memory, List.of(offer));
      assertThat(memory.bytes())
          .isLessThanOrEqualTo(bound)
          .isEqualTo(slots(memory).stream().mapToLong(Remembered::bytes).sum());
      if (admission instanceof Admission.Kept kept) {
        long needed = before + offer.bytes();
        for (Admission.Evicted evicted : kept.evicted()) {
          assertThat(needed).as("it was still too much").isGreaterThan(bound);
          needed -= evicted.entry().bytes();
        }
        assertThat(memory.bytes()).isEqualTo(needed);
      } else {
        assertThat(memory.bytes()).as("who does not come in sends nobody away").isEqualTo(before);
        assertThat(before + offer.bytes()).isGreaterThan(bound);
      }
    }
  }

  @Property
  void forTasksOfOneSizeABoundInBytesIsOneInTasks(
      @ForAll long seed,
      @ForAll Retention retention,
      @ForAll @IntRange(min = 1, max = 12) int size) {
    EpisodicMemory byTasks = memory(size, retention, seed);
    EpisodicMemory byBytes = memory(new Capacity.Bytes(BYTES * size + BYTES / 2), retention, seed);
    for (int i = 0; i < 420; i += 7) {
      Offer offer = offer(i, 0.01f * (i % 10));
      offer(byTasks, List.of(offer));
      offer(byBytes, List.of(offer));
    }
    assertThat(byBytes.contents()).isEqualTo(byTasks.contents()).hasSize(size);
  }

  /** The last of these tasks is as large as three others: where all ranks say that it stays, several go. */
  @Test
  void aLargeTaskTakesTheRoomOfSeveral() {
    EpisodicMemory memory = memory(new Capacity.Bytes(1_000), Retention.SLIDING_WINDOW, 1);
    for (int i = 0; i < 70; i += 7) {
      offer(memory, List.of(offer(i, 0)));
    }
    assertThat(memory.contents()).hasSize(10);
    offer(memory, List.of(offer(76, 0)));
    assertThat(memory.bytes()).isEqualTo(940);
    assertThat(memory.contents().keySet())
        .as("the oldest four have gone, the newcomer is in the lowest of their slots")
        .containsExactly(0, 4, 5, 6, 7, 8, 9);
    assertThat(memory.at(0).arrival()).isEqualTo(76);
    for (int draw = 0; draw < 50; draw++) {
      assertThat(memory.contents()).containsKeys(boxed(memory.draw(7, new RandomStream(draw))));
    }
  }

  private static Integer[] boxed(int[] slots) {
    return IntStream.of(slots).boxed().toArray(Integer[]::new);
  }

  /** Every task of n is kept with probability k/n, the first as much as the last. */
  @Test
  void inclusionInAReservoirIsUniform() {
    int seeds = 4_000;
    int[] kept = inclusions(Retention.RESERVOIR, seeds, 30, 6);
    double p = 6.0 / 30;
    for (int count : kept) {
      assertThat((double) count).isCloseTo(seeds * p, within(sixDeviations(seeds, p)));
    }
  }

  /** The offers' keys are met 1 : 2 : 3; with room for 9 of 30 each gets 3. */
  @Test
  void keysShareTheMemoryEquallyAndUniformlyWithin() {
    int seeds = 4_000;
    int[] kept = inclusions(Retention.BALANCED_BY_KEY, seeds, 30, 9);
    Map<String, Integer> members = new HashMap<>();
    offers(30).forEach(offer -> members.merge(offer.key(), 1, Integer::sum));
    assertThat(members).containsOnly(Map.entry("a", 5), Map.entry("b", 10), Map.entry("c", 15));
    for (Offer offer : offers(30)) {
      double p = 3.0 / members.getOrDefault(offer.key(), 0);
      assertThat((double) kept[(int) offer.arrival()])
          .isCloseTo(seeds * p, within(sixDeviations(seeds, p)));
    }
  }

  @Property
  void noGroupIsLargerThanAnotherThatLostATask(
      @ForAll long seed, @ForAll @IntRange(min = 3, max = 25) int capacity) {
    EpisodicMemory memory = memory(capacity, Retention.BALANCED_BY_KEY, seed);
    offer(memory, offers(60));
    Map<String, Long> sizes =
        slots(memory).stream()
            .collect(Collectors.groupingBy(Remembered::group, Collectors.counting()));
    long largest = Collections.max(sizes.values());
    Map<String, Long> offered =
        offers(60).stream().collect(Collectors.groupingBy(Offer::key, Collectors.counting()));
    offered.forEach(
        (key, count) ->
            assertThat(sizes.getOrDefault(key, 0L))
                .isGreaterThanOrEqualTo(Math.min(count, largest - 1)));
  }

  @Property
  void aTaskCountsToItsRarestClass(@ForAll long seed) {
    EpisodicMemory memory = memory(12, Retention.BALANCED_BY_CLASS, seed);
    offer(memory, offers(60));
    Map<String, Long> sizes =
        slots(memory).stream()
            .collect(Collectors.groupingBy(Remembered::group, Collectors.counting()));
    assertThat(sizes).containsOnlyKeys("even", "odd", "third");
    assertThat(sizes.values()).allMatch(size -> size == 4);
  }

  @Property
  void aSlidingWindowKeepsTheNewest(@ForAll @IntRange(min = 1, max = 40) int capacity) {
    EpisodicMemory memory = memory(capacity, Retention.SLIDING_WINDOW, 3);
    offer(memory, offers(40));
    assertThat(kept(memory))
        .containsExactlyElementsOf(
            IntStream.range(40 - Math.min(40, capacity), 40).mapToObj(i -> (long) i).toList());
  }

  /** For one place and two tasks algorithm A-ES keeps each in proportion to its weight. */
  @Test
  void surprisingTasksAreKeptInProportion() {
    int seeds = 20_000;
    int kept = 0;
    for (int seed = 0; seed < seeds; seed++) {
      EpisodicMemory memory = memory(1, Retention.SURPRISE_WEIGHTED, seed);
      offer(memory, List.of(offer(0, 0.19f), offer(1, 0.59f)));
      kept += kept(memory).contains(1L) ? 1 : 0;
    }
    double p = 0.6 / 0.8;
    assertThat((double) kept).isCloseTo(seeds * p, within(sixDeviations(seeds, p)));
  }

  @Property
  void drawsAreDistinctWhileThereAreEnough(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int count) {
    EpisodicMemory memory = memory(8, Retention.RESERVOIR, 1);
    offer(memory, offers(20));
    int[] drawn = memory.draw(count, new RandomStream(seed));
    assertThat(IntStream.of(drawn).boxed()).hasSize(count).allMatch(slot -> slot >= 0 && slot < 8);
    assertThat(IntStream.of(drawn).distinct().count()).isEqualTo(Math.min(count, 8));
    assertThat(memory.draw(count, new RandomStream(seed)))
        .as("drawing changes nothing")
        .containsExactly(drawn);
  }

  @Test
  void tasksAreDrawnByTheirWeights() {
    ReplayDraw draw = new ReplayDraw.RecencyWeighted(1);
    EpisodicMemory memory =
        new EpisodicMemory(new Capacity.Tasks(4), Retention.SLIDING_WINDOW, draw, 1);
    offer(memory, offers(4));
    int draws = 30_000;
    int[] counts = new int[4];
    for (int i = 0; i < draws; i++) {
      counts[memory.draw(1, new RandomStream(i))[0]]++;
    }
    for (int slot = 0; slot < 4; slot++) {
      double p = Math.pow(2, slot) / 15;
      assertThat((double) counts[slot]).isCloseTo(draws * p, within(sixDeviations(draws, p)));
    }
  }

  @Test
  void anEmptyMemoryDrawsNothing() {
    assertThat(memory(3, Retention.RESERVOIR, 1).draw(4, new RandomStream(1))).isEmpty();
  }

  @Test
  void decisionsOfAnotherMomentAreRefused() {
    EpisodicMemory memory = memory(2, Retention.RESERVOIR, 5);
    List<Offer> log = offers(3);
    List<Admission> decisions = memory.decide(log.subList(0, 1));
    offer(memory, log.subList(0, 2));
    assertThatThrownBy(() -> memory.apply(log.subList(2, 3), decisions))
        .hasMessageContaining("was not made on this memory");
  }

  /** Room for about so many tasks. */
  private static Capacity capacity(int size, boolean inBytes) {
    return inBytes ? new Capacity.Bytes(2L * BYTES * size) : new Capacity.Tasks(size);
  }

  private static int[] inclusions(Retention retention, int seeds, int tasks, int capacity) {
    int[] kept = new int[tasks];
    for (int seed = 0; seed < seeds; seed++) {
      EpisodicMemory memory = memory(capacity, retention, seed);
      offer(memory, offers(tasks));
      kept(memory).forEach(arrival -> kept[arrival.intValue()]++);
    }
    return kept;
  }

  private static double sixDeviations(int trials, double p) {
    return 6 * Math.sqrt(trials * p * (1 - p));
  }

  private static EpisodicMemory memory(int capacity, Retention retention, long seed) {
    return memory(new Capacity.Tasks(capacity), retention, seed);
  }

  private static EpisodicMemory memory(Capacity capacity, Retention retention, long seed) {
    return new EpisodicMemory(capacity, retention, new ReplayDraw.Uniform(), seed);
  }

  private static void offer(EpisodicMemory memory, List<Offer> offers) {
    memory.apply(offers, memory.decide(offers));
  }

  private static Set<Long> kept(EpisodicMemory memory) {
    return slots(memory).stream()
        .map(Remembered::arrival)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Remembered> slots(EpisodicMemory memory) {
    return List.copyOf(memory.contents().values());
  }

  private static List<Offer> offers(int count) {
    return IntStream.range(0, count).mapToObj(i -> offer(i, 0.1f * (i % 10))).toList();
  }

  private static Offer offer(int i, float surprise) {
    String key = List.of("a", "b", "b", "c", "c", "c").get(i % 6);
    List<String> classes =
        i % 3 == 0
            ? List.of("third", i % 2 == 0 ? "even" : "odd")
            : List.of(i % 2 == 0 ? "even" : "odd");
    return new Offer(new LogPosition(i % 3, i), key, classes, i, BYTES + 40 * (i % 7), surprise);
  }
}
