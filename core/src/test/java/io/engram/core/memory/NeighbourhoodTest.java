package io.engram.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NeighbourhoodTest {

  private static final int FEATURES = 40;
  private static final int FAMILIES = 5;

  @Property(tries = 100)
  void tasksOfOneFamilyAreNearest(@ForAll long seed) {
    Neighbourhood neighbourhood = new Neighbourhood();
    for (int place = 0; place < 50; place++) {
      neighbourhood.put(place, TaskEmbedding.of(task(place % FAMILIES, seed + place, false)));
    }
    TaskEmbedding query = TaskEmbedding.of(task(3, seed - 1, false));
    assertThat(families(neighbourhood.nearest(query, 10))).containsOnly(3);
  }

  @Property(tries = 100)
  void theOrderOfClassesDoesNotMatter(@ForAll long seed) {
    TaskEmbedding task = TaskEmbedding.of(task(1, seed, false));
    TaskEmbedding renamed = TaskEmbedding.of(task(1, seed, true));
    assertThat(task.distance(renamed)).isZero();
    assertThat(task.distance(task)).isZero();
  }

  /** At adaptation time there is only a support set. */
  @Test
  void aSupportSetAloneFindsItsFamily() {
    Neighbourhood neighbourhood = new Neighbourhood();
    for (int place = 0; place < 20; place++) {
      neighbourhood.put(place, TaskEmbedding.of(task(place % FAMILIES, place, false)));
    }
    TaskEmbedding support = TaskEmbedding.of(task(2, 99, false).support());
    assertThat(families(neighbourhood.nearest(support, 4))).containsOnly(2);
  }

  /** Seen at other places the two lines have the same mean features and nearly the same mean target. */
  @Test
  void threePointsOfALineFindTheLineTheyLieOn() {
    Neighbourhood neighbourhood = new Neighbourhood();
    neighbourhood.put(0, TaskEmbedding.ofEachExample(line(3, -2, -1, 0, 1, 2)));
    neighbourhood.put(1, TaskEmbedding.ofEachExample(line(-3, -2, -1, 0, 1, 2)));
    TaskEmbedding rising = TaskEmbedding.ofEachExample(line(3, -1.9f, 1.1f, 0.8f));
    assertThat(neighbourhood.nearest(rising, 2)).containsExactly(0, 1);
    TaskEmbedding falling = TaskEmbedding.ofEachExample(line(-3, -1.9f, 1.1f, 0.8f));
    assertThat(neighbourhood.nearest(falling, 2)).containsExactly(1, 0);
  }

  private static ExampleSet line(float slope, float... x) {
    float[] y = new float[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = slope * x[i];
    }
    return new ExampleSet(1, x, new Targets.Values(1, y));
  }

  @Test
  void aPlaceThatIsFilledAnewIsFoundByWhatLiesThereNow() {
    Neighbourhood neighbourhood = new Neighbourhood();
    neighbourhood.put(0, TaskEmbedding.of(task(0, 1, false)));
    neighbourhood.put(1, TaskEmbedding.of(task(1, 2, false)));
    neighbourhood.put(0, TaskEmbedding.of(task(4, 3, false)));
    assertThat(neighbourhood.nearest(TaskEmbedding.of(task(4, 9, false)), 1)).containsExactly(0);
    assertThat(neighbourhood.nearest(TaskEmbedding.of(task(1, 9, false)), 9)).containsExactly(1, 0);
  }

  private static List<Integer> families(int[] places) {
    return Arrays.stream(places).map(place -> place % FAMILIES).boxed().toList();
  }

  /** Two classes around centres that belong to the family, with noise of a tenth. */
  private static Task task(int family, long seed, boolean swapped) {
    RandomStream noise = new RandomStream(seed);
    ExampleSet support = examples(family, noise, swapped);
    return new Task("t", "k", List.of("a", "b"), support, examples(family, noise, swapped), 0);
  }

  private static ExampleSet examples(int family, RandomStream noise, boolean swapped) {
    int[] labels = {0, 1, 0, 1};
    float[] inputs = new float[labels.length * FEATURES];
    for (int i = 0; i < labels.length; i++) {
      RandomStream centre = new RandomStream(1000L + 2L * family + labels[i]);
      for (int j = 0; j < FEATURES; j++) {
        inputs[i * FEATURES + j] = (float) (centre.nextGaussian() + 0.1 * noise.nextGaussian());
      }
    }
    int[] names = swapped ? Arrays.stream(labels).map(it -> 1 - it).toArray() : labels;
    return new ExampleSet(FEATURES, inputs, new Targets.Classes(2, names));
  }
}
