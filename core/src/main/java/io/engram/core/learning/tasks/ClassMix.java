package io.engram.core.learning.tasks;

import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes new classification tasks of the classes of remembered ones: all their classes are shuffled and dealt out again, so that a class
 * meets others than those it came with. A memory of n tasks of w classes then offers as many tasks as n·w classes make, where each
 * would otherwise be the same choice of classes at every visit.
 */
final class ClassMix {

  private ClassMix() {}

  /** One class of one task. */
  private record Member(Task task, int index) {
    String name() {
      return task.classes().get(index);
    }
  }

  /**
   * Deals the classes of {@code tasks} out anew.
   *
   * @return as many tasks with as many classes each; unchanged where one of them is a regression, or where the deal would give a task
   *     the same class twice
   */
  static List<Task> of(List<Task> tasks, RandomStream random) {
    if (tasks.size() < 2 || !tasks.stream().allMatch(Task::classification)) {
      return tasks;
    }
    List<Member> pool = new ArrayList<>();
    for (Task task : tasks) {
      for (int c = 0; c < task.classes().size(); c++) {
        pool.add(new Member(task, c));
      }
    }
    int[] order = random.permutation(pool.size());
    List<Task> mixed = new ArrayList<>(tasks.size());
    int next = 0;
    for (Task task : tasks) {
      List<Member> dealt = new ArrayList<>();
      for (int c = 0; c < task.classes().size(); c++) {
        dealt.add(pool.get(order[next++]));
      }
      if (repeats(dealt)) {
        return tasks;
      }
      mixed.add(task(task, dealt));
    }
    return mixed;
  }

  private static boolean repeats(List<Member> dealt) {
    Set<String> names = new HashSet<>();
    return !dealt.stream().map(Member::name).allMatch(names::add);
  }

  private static Task task(Task like, List<Member> dealt) {
    return new Task(
        like.id(),
        like.key(),
        dealt.stream().map(Member::name).toList(),
        gather(dealt, true),
        gather(dealt, false),
        like.closedAt());
  }

  /** The members' support sets, or their query sets, one after another, each class under its new number. */
  private static ExampleSet gather(List<Member> dealt, boolean support) {
    int size = dealt.get(0).task.support().inputSize();
    int count = 0;
    for (Member member : dealt) {
      count += count(classes(member, support), member.index);
    }
    float[] inputs = new float[count * size];
    int[] classes = new int[count];
    int next = 0;
    for (int c = 0; c < dealt.size(); c++) {
      Member member = dealt.get(c);
      float[] from = set(member, support).inputs();
      int[] home = classes(member, support);
      for (int i = 0; i < home.length; i++) {
        if (home[i] == member.index) {
          System.arraycopy(from, i * size, inputs, next * size, size);
          classes[next++] = c;
        }
      }
    }
    return new ExampleSet(size, inputs, new Targets.Classes(dealt.size(), classes));
  }

  private static ExampleSet set(Member member, boolean support) {
    return support ? member.task.support() : member.task.query();
  }

  private static int[] classes(Member member, boolean support) {
    return ((Targets.Classes) set(member, support).targets()).classes();
  }

  private static int count(int[] classes, int wanted) {
    int count = 0;
    for (int c : classes) {
      count += c == wanted ? 1 : 0;
    }
    return count;
  }
}
