package io.engram.core.learning.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassMixTest {

  @Test
  void everyClassIsDealtOnceWithItsOwnExamples() {
    List<Task> tasks = List.of(task("a", "b", "c"), task("d", "e"), task("f", "g", "h"));

    List<Task> mixed = ClassMix.of(tasks, new RandomStream(1));

    List<String> classes = new ArrayList<>();
    mixed.forEach(task -> classes.addAll(task.classes()));
    assertThat(classes).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g", "h");
    assertThat(classes).isNotEqualTo(List.of("a", "b", "c", "d", "e", "f", "g", "h"));
    assertThat(mixed).extracting(task -> task.classes().size()).containsExactly(3, 2, 3);
    for (Task task : mixed) {
      assertExamplesSpell(task, task.support(), 1, 0);
      assertExamplesSpell(task, task.query(), 2, 1000);
    }
  }

  @Test
  void differentDrawsDealDifferently() {
    List<Task> tasks = List.of(task("a", "b", "c"), task("d", "e", "f"));
    assertThat(ClassMix.of(tasks, new RandomStream(1)).get(0).classes())
        .isNotEqualTo(ClassMix.of(tasks, new RandomStream(2)).get(0).classes());
  }

  @Test
  void aClassNeverMeetsItself() {
    List<Task> tasks = List.of(task("a", "b"), task("a", "b"));
    for (int seed = 0; seed < 50; seed++) {
      for (Task task : ClassMix.of(tasks, new RandomStream(seed))) {
        assertThat(task.classes()).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void regressionsAreLeftAlone() {
    ExampleSet values = new ExampleSet(1, new float[] {1}, new Targets.Values(1, new float[] {2}));
    List<Task> tasks = List.of(new Task("r", "k", List.of(), values, values, 0), task("a", "b"));
    assertThat(ClassMix.of(tasks, new RandomStream(1))).isSameAs(tasks);
  }

  /** The first letter of a class is its pixel; query pixels are 1000 higher. */
  private static void assertExamplesSpell(Task task, ExampleSet set, int perClass, int above) {
    Map<String, Integer> counts = new HashMap<>();
    int[] classes = ((Targets.Classes) set.targets()).classes();
    for (int i = 0; i < classes.length; i++) {
      String name = task.classes().get(classes[i]);
      assertThat(set.inputs()[i]).isEqualTo(name.charAt(0) + above);
      counts.merge(name, 1, Integer::sum);
    }
    assertThat(counts.values()).hasSize(task.classes().size()).containsOnly(perClass);
  }

  private static Task task(String... classes) {
    return new Task(
        String.join("", classes),
        "k",
        List.of(classes),
        set(classes, 1, 0),
        set(classes, 2, 1000),
        0);
  }

  /** Examples go round the classes. */
  private static ExampleSet set(String[] classes, int perClass, int above) {
    float[] inputs = new float[classes.length * perClass];
    int[] labels = new int[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      labels[i] = i % classes.length;
      inputs[i] = classes[labels[i]].charAt(0) + above;
    }
    return new ExampleSet(1, inputs, new Targets.Classes(classes.length, labels));
  }
}
