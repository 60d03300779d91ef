package io.engram.core.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class EpisodeSplitTest {

  @Property
  void everyClassKeepsItsShotsAndGetsAtMostItsQueries(
      @ForAll @IntRange(min = 1, max = 5) int ways,
      @ForAll @IntRange(min = 1, max = 4) int shots,
      @ForAll @IntRange(min = 1, max = 6) int queries,
      @ForAll @IntRange(max = 7) int limit,
      @ForAll long seed) {
    Task task = task(ways, shots, queries);
    EpisodeSplit split = EpisodeSplit.reshuffled(task, true, limit, new RandomStream(seed));
    int perClass = limit == 0 ? queries : Math.min(limit, queries);
    assertThat(classes(task, split.support())).containsOnly(IntStream.range(0, ways).toArray());
    for (int c = 0; c < ways; c++) {
      assertThat(count(task, split.support(), c)).isEqualTo(shots);
      assertThat(count(task, split.query(), c)).isEqualTo(perClass);
    }
    assertThat(IntStream.concat(IntStream.of(split.support()), IntStream.of(split.query())))
        .doesNotHaveDuplicates();
  }

  @Property
  void withoutClassesTheSupportKeepsItsSizeAndNothingIsLost(
      @ForAll @IntRange(min = 1, max = 9) int shots,
      @ForAll @IntRange(min = 1, max = 9) int queries,
      @ForAll long seed) {
    Task task = task(1, shots, queries);
    EpisodeSplit split = EpisodeSplit.reshuffled(task, false, 0, new RandomStream(seed));
    assertThat(split.support()).hasSize(shots);
    assertThat(IntStream.concat(IntStream.of(split.support()), IntStream.of(split.query())).boxed())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, task.examples()).boxed().toList());
  }

  private static Task task(int ways, int shots, int queries) {
    List<String> names = IntStream.range(0, ways).mapToObj(i -> "c" + i).toList();
    return new Task("t", "k", names, examples(ways, shots), examples(ways, queries), 0);
  }

  private static ExampleSet examples(int ways, int each) {
    int[] classes = IntStream.range(0, ways * each).map(i -> i % ways).toArray();
    return new ExampleSet(1, new float[ways * each], new Targets.Classes(ways, classes));
  }

  private static int[] classes(Task task, int[] examples) {
    int support = task.support().size();
    return IntStream.of(examples)
        .map(
            e ->
                e < support
                    ? ((Targets.Classes) task.support().targets()).classes()[e]
                    : ((Targets.Classes) task.query().targets()).classes()[e - support])
        .distinct()
        .toArray();
  }

  private static long count(Task task, int[] examples, int c) {
    int support = task.support().size();
    return IntStream.of(examples)
        .filter(
            e ->
                (e < support
                        ? ((Targets.Classes) task.support().targets()).classes()[e]
                        : ((Targets.Classes) task.query().targets()).classes()[e - support])
                    == c)
        .count();
  }
}
