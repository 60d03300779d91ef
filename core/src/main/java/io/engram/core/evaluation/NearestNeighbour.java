package io.engram.core.evaluation;

import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;

/** The baseline that learns nothing: each query example takes the class of the nearest support example (Euclidean). */
public final class NearestNeighbour {

  private NearestNeighbour() {}

  /** Accuracy in [0, 1] on the query set; NaN for regression or an empty query set. */
  public static double accuracy(Episode episode) {
    if (!(episode.support().targets() instanceof Targets.Classes support)
        || !(episode.query().targets() instanceof Targets.Classes query)
        || query.size() == 0) {
      return Double.NaN;
    }
    int correct = 0;
    for (int i = 0; i < query.size(); i++) {
      int nearest = nearest(episode.support(), episode.query(), i);
      if (support.classes()[nearest] == query.classes()[i]) {
        correct++;
      }
    }
    return (double) correct / query.size();
  }

  private static int nearest(ExampleSet support, ExampleSet query, int example) {
    int best = 0;
    float bestDistance = Float.POSITIVE_INFINITY;
    for (int j = 0; j < support.size(); j++) {
      float distance = squaredDistance(support, j, query, example);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = j;
      }
    }
    return best;
  }

  private static float squaredDistance(ExampleSet a, int i, ExampleSet b, int j) {
    int size = a.inputSize();
    float[] left = a.inputs();
    float[] right = b.inputs();
    float sum = 0;
    for (int k = 0, p = i * size, q = j * size; k < size; k++, p++, q++) {
      float difference = left[p] - right[q];
      sum += difference * difference;
    }
    return sum;
  }
}
