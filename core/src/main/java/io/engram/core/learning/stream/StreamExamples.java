package io.engram.core.learning.stream;

import io.engram.core.compute.stream.SparseInput;
import io.engram.core.continual.StreamExample;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The examples of one task as a piece of a stream: support set first, then query set.
 *
 * @param all in order
 * @param classes of the global label space that are known by now
 */
record StreamExamples(List<StreamExample> all, int classes) {

  /** Those of an episode whose labels are global. */
  static StreamExamples of(Episode episode) {
    List<StreamExample> all = new ArrayList<>(episode.support().size() + episode.query().size());
    add(episode.support(), all);
    add(episode.query(), all);
    return new StreamExamples(all, ((Targets.Classes) episode.support().targets()).ways());
  }

  private static void add(ExampleSet examples, List<StreamExample> to) {
    int[] labels = ((Targets.Classes) examples.targets()).classes();
    int size = examples.inputSize();
    for (int i = 0; i < labels.length; i++) {
      float[] input = Arrays.copyOfRange(examples.inputs(), i * size, (i + 1) * size);
      to.add(new StreamExample(SparseInput.of(input), labels[i]));
    }
  }

  /** The features of one example of a task as they came, numbered through the support set and on through the query set. */
  static float[] raw(Task task, int number) {
    int supports = task.support().size();
    ExampleSet home = number < supports ? task.support() : task.query();
    int size = home.inputSize();
    int place = number < supports ? number : number - supports;
    return Arrays.copyOfRange(home.inputs(), place * size, (place + 1) * size);
  }

  int size() {
    return all.size();
  }

  /** Cut into pieces of so many, the last one of what is left. */
  List<List<StreamExample>> cut(int many) {
    List<List<StreamExample>> pieces = new ArrayList<>();
    for (int from = 0; from < all.size(); from += many) {
      pieces.add(all.subList(from, Math.min(all.size(), from + many)));
    }
    return pieces;
  }
}
