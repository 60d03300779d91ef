package io.engram.client;

import io.engram.core.learning.Scale;
import io.engram.core.memory.TaskEmbedding;
import io.engram.core.network.Head;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.schemas.avro.LabelSpace;
import java.util.List;

/** A user's examples as the compute port takes them: checked against the model, scaled, labels as output indices. */
final class UserEpisodes {

  private UserEpisodes() {}

  /** The classes that a classifier adapted on this support set tells apart, in the order of its outputs. */
  static List<String> classes(Model model, SupportSet.Labeled support) {
    if (model.network().head() == Head.MEAN_SQUARED_ERROR) {
      throw new IllegalArgumentException(
          "%s predicts numbers; give the support set targets, not labels".formatted(model));
    }
    if (support.size() == 0) {
      requireUsableAsItIs(model);
    }
    if (model.labelSpace() == LabelSpace.GLOBAL) {
      for (String label : support.classes()) {
        if (!model.sharedManifest().getClasses().contains(label)) {
          throw new IllegalArgumentException(
              "%s does not know the class '%s'; it knows %s"
                  .formatted(model, label, model.classes()));
        }
      }
      return model.classes();
    }
    List<String> classes = support.classes();
    if (classes.size() > model.network().outputs()) {
      throw new IllegalArgumentException(
          "%s tells at most %d classes apart, found %d: %s"
              .formatted(model, model.network().outputs(), classes.size(), classes));
    }
    return classes;
  }

  private static void requireUsableAsItIs(Model model) {
    if (!model.usableAsItIs()) {
      throw new IllegalArgumentException(
          "%s has to be adapted (%d steps, %s classes): give it at least 1 example"
              .formatted(model, model.innerLoop().steps(), model.labelSpace()));
    }
  }

  static ExampleSet support(Model model, SupportSet.Labeled support, List<String> classes) {
    if (support.size() == 0) {
      // No step is taken on it; it only stands where an episode has its support set.
      return new ExampleSet(
          inputSize(model),
          new float[inputSize(model)],
          new Targets.Classes(classes.size(), new int[1]));
    }
    int[] indices = support.labels().stream().mapToInt(classes::indexOf).toArray();
    return new ExampleSet(
        inputSize(model),
        inputs(model, support.features()),
        new Targets.Classes(classes.size(), indices));
  }

  static ExampleSet support(Model model, SupportSet.Measured support) {
    if (model.network().head() != Head.MEAN_SQUARED_ERROR) {
      throw new IllegalArgumentException(
          "%s predicts classes; give the support set labels, not targets".formatted(model));
    }
    int width = model.network().outputs();
    if (support.size() == 0) {
      requireUsableAsItIs(model);
      // No step is taken on it; it only stands where an episode has its support set.
      return new ExampleSet(
          inputSize(model),
          new float[inputSize(model)],
          new Targets.Values(width, new float[width]));
    }
    float[] targets = rows(support.targets(), width, model.targetScale(), "targets");
    return new ExampleSet(
        inputSize(model), inputs(model, support.features()), new Targets.Values(width, targets));
  }

  /** Where a task lies among others, on the model's scale. */
  static TaskEmbedding embedding(Model model, SupportSet examples) {
    return examples instanceof SupportSet.Labeled labeled
        ? TaskEmbedding.of(support(model, labeled, labeled.classes()))
        : TaskEmbedding.ofEachExample(support(model, (SupportSet.Measured) examples));
  }

  /** Examples to ask about; their targets are of no account. */
  static ExampleSet query(Model model, List<float[]> features, Targets like) {
    int size = features.size();
    Targets targets =
        like instanceof Targets.Values values
            ? new Targets.Values(values.width(), new float[size * values.width()])
            : new Targets.Classes(((Targets.Classes) like).ways(), new int[size]);
    return new ExampleSet(inputSize(model), inputs(model, features), targets);
  }

  private static int inputSize(Model model) {
    return model.network().input().size();
  }

  private static float[] inputs(Model model, List<float[]> features) {
    return rows(features, inputSize(model), model.inputScale(), "features");
  }

  private static float[] rows(List<float[]> rows, int width, Scale scale, String what) {
    float[] flat = new float[rows.size() * width];
    for (int i = 0; i < rows.size(); i++) {
      float[] row = rows.get(i);
      check(i, row, width, what);
      scale.row(row, 0, flat, i * width);
    }
    return flat;
  }

  static void check(int example, float[] row, int width, String what) {
    if (row.length != width) {
      throw new IllegalArgumentException(
          "example %d has %d %s, the model takes %d".formatted(example, row.length, what, width));
    }
    for (int j = 0; j < width; j++) {
      if (!Float.isFinite(row[j])) {
        throw new IllegalArgumentException(
            "example %d has %s among its %s at %d".formatted(example, row[j], what, j));
      }
    }
  }
}
