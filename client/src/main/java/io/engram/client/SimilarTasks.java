package io.engram.client;

import io.engram.client.SupportMemory.Neighbour;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembered tasks that enlarge the support set of the task at hand; see {@link SupportMemory#nearest}.
 *
 * <p><b>Near</b> is decided on the model's own scale. Classes: the mean features of each class, and how far each class at hand is from the
 * nearest of the other task. Numbers: how far each example at hand is, features and targets together, from the nearest of the other task.
 *
 * <p><b>What joins.</b> All examples of a task of numbers. Of a task of classes, those whose class is in play: one that the support set at
 * hand has, or, where the model's label space is global, any that the model knows. A class is the same where it has the same
 * name: the names must mean the same in all tasks ("spam", a character, a person). Names that every task gives anew ("a" and "b", 0 to
 * 4) make no sense here, and nobody can tell them from the others. A task with no class in play is passed over.
 */
public final class SimilarTasks {

  private final SupportMemory memory;
  private final int count;
  private final double farthest;

  SimilarTasks(SupportMemory memory, int count, double farthest) {
    if (count < 1 || !(farthest >= 0)) {
      throw new IllegalArgumentException(
          "at least 1 similar task within a distance of at least 0 is needed, found %d within %s"
              .formatted(count, farthest));
    }
    this.memory = memory;
    this.count = count;
    this.farthest = farthest;
  }

  /**
   * A remembered task that would join.
   *
   * @param task the name it is remembered under
   * @param examples how many of its examples would
   * @param distance squared, from the task at hand
   */
  public record Found(String task, int examples, double distance) {}

  /** The same, but none farther away than this: without, the nearest join however far they are. */
  public SimilarTasks within(double distance) {
    return new SimilarTasks(memory, count, distance);
  }

  /** What would join a support set, nearest first; to choose a number and a distance by. */
  public List<Found> find(Model model, SupportSet support) {
    return joining(model, null, support).stream()
        .map(it -> new Found(it.task(), it.examples().size(), it.distance()))
        .toList();
  }

  /** The support set, and behind it what joins. */
  SupportSet.Labeled enlarge(Model model, @Nullable String self, SupportSet.Labeled support) {
    List<float[]> features = new ArrayList<>(support.features());
    List<String> labels = new ArrayList<>(support.labels());
    for (Neighbour neighbour : joining(model, self, support)) {
      SupportSet.Labeled more = (SupportSet.Labeled) neighbour.examples();
      features.addAll(more.features());
      labels.addAll(more.labels());
    }
    return new SupportSet.Labeled(features, labels);
  }

  /** The support set, and behind it what joins. */
  SupportSet.Measured enlarge(Model model, @Nullable String self, SupportSet.Measured support) {
    List<float[]> features = new ArrayList<>(support.features());
    List<float[]> targets = new ArrayList<>(support.targets());
    for (Neighbour neighbour : joining(model, self, support)) {
      SupportSet.Measured more = (SupportSet.Measured) neighbour.examples();
      features.addAll(more.features());
      targets.addAll(more.targets());
    }
    return new SupportSet.Measured(features, targets);
  }

  /** The nearest tasks with those of their examples that join. */
  private List<Neighbour> joining(Model model, @Nullable String self, SupportSet support) {
    Set<String> inPlay =
        support instanceof SupportSet.Labeled labeled
            ? Set.copyOf(UserEpisodes.classes(model, labeled))
            : Set.of();
    List<Neighbour> joining = new ArrayList<>();
    for (Neighbour neighbour : memory.neighbours(model, self, support)) {
      if (joining.size() == count || neighbour.distance() > farthest) {
        break;
      }
      SupportSet examples =
          neighbour.examples() instanceof SupportSet.Labeled labeled
              ? labeled.only(inPlay)
              : neighbour.examples();
      if (examples != null) {
        joining.add(new Neighbour(neighbour.task(), examples, neighbour.distance()));
      }
    }
    return joining;
  }
}
