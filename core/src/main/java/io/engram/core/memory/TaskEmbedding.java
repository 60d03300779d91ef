package io.engram.core.memory;

import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a task lies among others: the mean features of each of its classes (of all examples in a regression, beside their mean target),
 * each projected to {@value #DIMENSIONS} numbers by one fixed random matrix, which keeps distances up to a constant (Johnson &amp;
 * Lindenstrauss 1984). Small enough to be kept for every task of a memory.
 */
public final class TaskEmbedding {

  static final int DIMENSIONS = 16;

  private final float[][] prototypes;

  private TaskEmbedding(float[][] prototypes) {
    this.prototypes = prototypes;
  }

  /** Of all examples of a task, support and query. */
  public static TaskEmbedding of(Task task) {
    return of(Math.max(1, task.classes().size()), task.support(), task.query());
  }

  /** Of the labeled examples alone that there are to adapt on. */
  public static TaskEmbedding of(ExampleSet support) {
    int classes = support.targets() instanceof Targets.Classes it ? it.ways() : 1;
    return of(classes, support);
  }

  /**
   * Of the examples of a regression one by one, features beside targets, as if each were a class of its own: where there are two or three
   * of them, their mean says little about the function they come from.
   */
  public static TaskEmbedding ofEachExample(ExampleSet examples) {
    if (!(examples.targets() instanceof Targets.Values values)) {
      throw new IllegalArgumentException("examples of classes are embedded by class");
    }
    int size = examples.inputSize();
    int width = values.width();
    float[][] prototypes = new float[examples.size()][];
    for (int i = 0; i < prototypes.length; i++) {
      double[] row = new double[size + width];
      for (int j = 0; j < size; j++) {
        row[j] = examples.inputs()[i * size + j];
      }
      for (int j = 0; j < width; j++) {
        row[size + j] = values.values()[i * width + j];
      }
      prototypes[i] = project(row, 1);
    }
    return new TaskEmbedding(prototypes);
  }

  private static TaskEmbedding of(int classes, ExampleSet... examples) {
    ExampleSet first = examples[0];
    int width = first.targets() instanceof Targets.Values values ? values.width() : 0;
    double[][] sums = new double[classes][first.inputSize() + width];
    int[] counts = new int[classes];
    for (ExampleSet set : examples) {
      add(set, sums, counts);
    }
    List<float[]> prototypes = new ArrayList<>(classes);
    for (int label = 0; label < classes; label++) {
      if (counts[label] > 0) {
        prototypes.add(project(sums[label], counts[label]));
      }
    }
    return new TaskEmbedding(prototypes.toArray(new float[0][]));
  }

  /**
   * How far another task is: the mean over this one's classes of the squared distance to the other's nearest class. It does not depend on
   * the order of classes, and is 0 for a task and itself.
   */
  public double distance(TaskEmbedding other) {
    double sum = 0;
    for (float[] own : prototypes) {
      double nearest = Double.POSITIVE_INFINITY;
      for (float[] theirs : other.prototypes) {
        nearest = Math.min(nearest, squaredDistance(own, theirs));
      }
      sum += nearest;
    }
    return sum / prototypes.length;
  }

  /**
   * One place for the whole task: the mean over its classes.
   *
   * @return fresh; finite where the examples are
   */
  public float[] centre() {
    float[] centre = new float[DIMENSIONS];
    for (float[] prototype : prototypes) {
      for (int d = 0; d < DIMENSIONS; d++) {
        centre[d] += prototype[d] / prototypes.length;
      }
    }
    return centre;
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < DIMENSIONS; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  private static void add(ExampleSet examples, double[][] sums, int[] counts) {
    int size = examples.inputSize();
    for (int i = 0; i < examples.size(); i++) {
      int label = examples.targets() instanceof Targets.Classes it ? it.classes()[i] : 0;
      counts[label]++;
      for (int j = 0; j < size; j++) {
        sums[label][j] += examples.inputs()[i * size + j];
      }
      if (examples.targets() instanceof Targets.Values values) {
        for (int j = 0; j < values.width(); j++) {
          sums[label][size + j] += values.values()[i * values.width() + j];
        }
      }
    }
  }

  /** The matrix holds signs; those of a column are the bits of one draw of a generator seeded with its number. */
  private static float[] project(double[] sum, int count) {
    double[] projected = new double[DIMENSIONS];
    for (int column = 0; column < sum.length; column++) {
      long signs = new RandomStream(column).nextLong();
      for (int d = 0; d < DIMENSIONS; d++) {
        projected[d] += (signs >>> d & 1) == 0 ? sum[column] : -sum[column];
      }
    }
    float[] mean = new float[DIMENSIONS];
    for (int d = 0; d < DIMENSIONS; d++) {
      mean[d] = (float) (projected[d] / count);
    }
    return mean;
  }
}
