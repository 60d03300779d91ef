package io.engram.client;

import io.engram.core.learning.Scale;
import io.engram.core.memory.TaskEmbedding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Labeled examples of earlier tasks, kept by a program to help with new ones that bring too few of their own (memory-based
 * meta-learning):
 *
 * <pre>{@code
 * SupportMemory memory = SupportMemory.ofAtMost(500);
 * memory.remember("station-7", tenRows);
 * Regressor mine = model.adapt(threeRows, memory.nearest(2));
 * }</pre>
 *
 * <p>In process and on the heap, bounded by a number of tasks; when it is full the one remembered longest ago goes. All its tasks are of one
 * kind, with as many features. Thread-safe.
 */
public final class SupportMemory {

  private final int capacity;
  private final Map<String, SupportSet> tasks = new LinkedHashMap<>();
  private final Map<String, TaskEmbedding> embeddings = new LinkedHashMap<>();
  private @Nullable Scaled scaled;

  private SupportMemory(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "a memory of support sets holds at least 1 task, found " + capacity);
    }
    this.capacity = capacity;
  }

  /** An empty memory. */
  public static SupportMemory ofAtMost(int tasks) {
    return new SupportMemory(tasks);
  }

  /** A remembered task and how far it is from the one at hand. */
  record Neighbour(String task, SupportSet examples, double distance) {}

  /** The scales that embeddings were made on: they are made again when a version brings others. */
  private record Scaled(Scale inputs, Scale targets) {

    static Scaled by(Model model) {
      return new Scaled(model.inputScale(), model.targetScale());
    }

    boolean as(@Nullable Scaled other) {
      return other != null && inputs.sameAs(other.inputs) && targets.sameAs(other.targets);
    }
  }

  /**
   * Remembers a task's examples, instead of what was remembered under its name before.
   *
   * @param task its name, such as a task key or id
   * @throws IllegalArgumentException if it has no examples, other features than those remembered, or targets where they have labels
   */
  public synchronized void remember(String task, SupportSet examples) {
    requireSome("task '" + task + "'", examples);
    tasks.values().stream().findFirst().ifPresent(other -> requireLike(task, examples, other));
    forget(task);
    if (tasks.size() == capacity) {
      forget(tasks.keySet().iterator().next());
    }
    tasks.put(task, examples);
  }

  /** Lets go of a task; of none if nothing is remembered under that name. */
  public synchronized void forget(String task) {
    tasks.remove(task);
    embeddings.remove(task);
  }

  /** Number of tasks remembered. */
  public synchronized int size() {
    return tasks.size();
  }

  /** Tasks it holds at most. */
  public int capacity() {
    return capacity;
  }

  /**
   * To adapt with: the {@code count} remembered tasks most like the one at hand.
   *
   * @see ModelSubscription#adapt(SupportSet.Labeled, SimilarTasks)
   */
  public SimilarTasks nearest(int count) {
    return new SimilarTasks(this, count, Double.POSITIVE_INFINITY);
  }

  private static void requireSome(String task, SupportSet examples) {
    if (examples.size() == 0) {
      throw new IllegalArgumentException(
          task + " has no examples; tasks are compared by theirs, at least 1 is needed");
    }
  }

  private static void requireLike(String task, SupportSet examples, SupportSet other) {
    if (examples.getClass() != other.getClass() || width(examples) != width(other)) {
      throw new IllegalArgumentException(
          "task '%s' has %s; those remembered here have %s: keep one memory for each kind of task"
              .formatted(task, kind(examples), kind(other)));
    }
  }

  static String kind(SupportSet examples) {
    return "%s of %d features"
        .formatted(
            examples instanceof SupportSet.Labeled ? "labeled examples" : "examples with targets",
            width(examples));
  }

  private static int width(SupportSet examples) {
    return features(examples).get(0).length;
  }

  private static List<float[]> features(SupportSet examples) {
    return examples instanceof SupportSet.Labeled labeled
        ? labeled.features()
        : ((SupportSet.Measured) examples).features();
  }

  /**
   * All remembered tasks, nearest first; of those equally far the one remembered first.
   *
   * @param self a task that does not help itself, or null
   */
  synchronized List<Neighbour> neighbours(Model model, @Nullable String self, SupportSet atHand) {
    requireSome("the task at hand", atHand);
    Scaled now = Scaled.by(model);
    if (!now.as(scaled)) {
      embeddings.clear();
      scaled = now;
    }
    TaskEmbedding own = UserEpisodes.embedding(model, atHand);
    List<Neighbour> found = new ArrayList<>();
    for (Map.Entry<String, SupportSet> entry : tasks.entrySet()) {
      requireFits(model, atHand, entry.getValue());
      if (!entry.getKey().equals(self)) {
        TaskEmbedding other =
            embeddings.computeIfAbsent(
                entry.getKey(), task -> UserEpisodes.embedding(model, entry.getValue()));
        found.add(new Neighbour(entry.getKey(), entry.getValue(), own.distance(other)));
      }
    }
    found.sort((a, b) -> Double.compare(a.distance(), b.distance()));
    return found;
  }

  private static void requireFits(Model model, SupportSet atHand, SupportSet remembered) {
    if (atHand.getClass() != remembered.getClass()
        || width(remembered) != model.network().input().size()) {
      throw new IllegalArgumentException(
          "the remembered tasks have %s; %s is to be adapted on %s"
              .formatted(kind(remembered), model, kind(atHand)));
    }
  }
}
