package io.engram.ingest.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.ingest.domain.PartitionCounts.Total;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every stream. */
class GrouperLawsTest {

  /** What happens next: an example (number given by its place), or time. */
  record Step(int key, int kind, int label, int taskId, Part part, int millis) {}

  @Provide
  Arbitrary<Step> steps() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 9),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 3),
            Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, Arbitraries.just(Part.AUTO)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(Part.SUPPORT)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(Part.QUERY))),
            Arbitraries.integers().between(0, 6_000))
        .as(Step::new);
  }

  @Property(tries = 300)
  void everyExampleEndsInExactlyOnePlaceAndItsKeysOrderIsKept(
      @ForAll @Size(max = 120) List<@net.jqwik.api.From("steps") Step> steps,
      @ForAll boolean byFraction) {
    GroupingRig rig =
        new GroupingRig(
            GroupingRig.config()
                .with(new GroupingRules(4, 6, Duration.ofSeconds(5), 16 << 20))
                .with(
                    new SplitRules(
                        1, 2, byFraction ? OptionalDouble.of(0.5) : OptionalDouble.empty(), 2, 3)));
    int sent = 0;
    Map<Integer, String> keys = new TreeMap<>();
    for (Step step : steps) {
      if (step.kind() == 0 && step.label() == 0) {
        rig.end();
      } else if (step.kind() == 0) {
        rig.pass(step.millis());
      } else {
        String key = "key-" + step.key();
        keys.put(sent, key);
        rig.send(key, value(step, sent));
        sent++;
      }
    }
    List<Integer> placed = new ArrayList<>();
    rig.tasks.forEach(task -> placed.addAll(Examples.numbers(task)));
    for (int key = 0; key < 3; key++) {
      rig.store.examples("key-" + key).forEach(one -> placed.add(number(one.value())));
    }
    rig.rejected.forEach(one -> placed.add(rejectedNumber(one)));
    assertThat(placed)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, sent).boxed().toList());
    assertCounts(rig, sent);
    rig.tasks.forEach(task -> assertTask(task, keys));
    for (int key = 0; key < 3; key++) {
      assertOrder(rig.tasks, "key-" + key);
    }
  }

  /** Memory is only a short cut: restarts, and room for all, some or none, change nothing. */
  @Property(tries = 100)
  void whatIsDecodedAgainMakesTheSameTasks(
      @ForAll @Size(max = 120) List<@net.jqwik.api.From("steps") Step> steps,
      @ForAll @IntRange(max = 3_000) int room) {
    IngestRules rules =
        GroupingRig.config()
            .with(new GroupingRules(4, 6, Duration.ofHours(1), 16 << 20))
            .with(new SplitRules(1, 2, OptionalDouble.empty(), 2, 3));
    GroupingRig ample = new GroupingRig(rules);
    GroupingRig cramped = new GroupingRig(rules, new DecodedRoom(room));
    int sent = 0;
    for (Step step : steps) {
      if (step.kind() == 0 && step.label() == 0) {
        ample.end();
        cramped.end();
      } else if (step.kind() == 0) {
        cramped.restart();
      } else {
        ample.send("key-" + step.key(), value(step, sent));
        cramped.send("key-" + step.key(), value(step, sent));
        sent++;
      }
    }
    assertThat(cramped.tasks).isEqualTo(ample.tasks);
    assertThat(cramped.reasons()).isEqualTo(ample.reasons());
  }

  private static void assertCounts(GroupingRig rig, int sent) {
    long rejected =
        Stream.of(Category.values())
            .mapToLong(category -> rig.counts.rejected(category).get())
            .sum();
    assertThat(rejected).isEqualTo(rig.rejected.size());
    assertThat(rig.counts.of(Total.EXAMPLES)).hasValue(sent);
    assertThat(rig.counts.of(Total.TASKS)).hasValue(rig.tasks.size());
    assertThat(rig.counts.of(Total.OPEN)).hasValue(rig.store.buffered());
  }

  private static void assertTask(Task task, Map<Integer, String> keys) {
    assertThat(Examples.numbers(task))
        .hasSizeBetween(2, 6)
        .allSatisfy(number -> assertThat(keys.get(number)).isEqualTo(task.getTaskKey()));
    assertThat(Examples.numbers(task.getSupport())).isNotEmpty().isSorted();
    assertThat(Examples.numbers(task.getQuery())).isNotEmpty().isSorted();
    List<Integer> seen = new ArrayList<>();
    if (!task.getClasses().isEmpty()) {
      seen.addAll(Examples.targets(task.getSupport()));
      seen.addAll(Examples.targets(task.getQuery()));
      assertThat(seen)
          .as("class indices are 0 … ways−1")
          .containsAll(IntStream.range(0, task.getClasses().size()).boxed().toList())
          .allMatch(index -> index < task.getClasses().size());
    }
  }

  private static void assertOrder(List<Task> tasks, String key) {
    List<Task> own = tasks.stream().filter(task -> task.getTaskKey().equals(key)).toList();
    assertThat(own)
        .extracting(Task::getSequence)
        .isEqualTo(IntStream.range(0, own.size()).mapToObj(Long::valueOf).toList());
    assertThat(own).extracting(Task::getTaskId).doesNotHaveDuplicates();
    List<Integer> numbers = new ArrayList<>();
    own.forEach(task -> numbers.addAll(Examples.numbers(task)));
    assertThat(numbers).isSorted();
    List<Long> offsets = new ArrayList<>();
    own.forEach(task -> offsets.addAll(List.of(task.getFirstOffset(), task.getLastOffset())));
    assertThat(offsets).isSorted();
  }

  private static byte[] value(Step step, int number) {
    if (step.kind() == 1) {
      return new byte[] {(byte) number};
    }
    // Ids that do not come back later: a producer's ids are its own affair.
    String taskId = step.taskId() == 0 ? "id-" + step.key() + "-" + number / 6 : null;
    LabeledExample example =
        step.kind() == 2
            ? Examples.regression(number)
            : Examples.example(number, "class-" + step.label(), taskId, step.part());
    return Wire.labeledExample().encode(example);
  }

  private static int rejectedNumber(GroupingRig.RejectedExample one) {
    byte[] value = one.value();
    if (value == null) {
      throw new AssertionError("none was sent");
    }
    return value.length == 1 ? value[0] : number(value);
  }

  private static int number(byte[] value) {
    return Integer.parseInt(Wire.labeledExample().decode(value).getId().substring(2));
  }
}
