package io.engram.engine;

import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.Arrays;

/** Puts example sets together from others, for engines that do not mind the copies. */
public final class ExampleSets {

  private ExampleSets() {}

  /** The next {@code count} examples in the order of {@code draw}. */
  public static ExampleSet next(ExampleSet set, MiniBatches draw, int count) {
    int width = set.inputSize();
    float[] inputs = new float[count * width];
    int[] drawn = new int[count];
    for (int row = 0; row < count; row++) {
      drawn[row] = draw.next();
      System.arraycopy(set.inputs(), drawn[row] * width, inputs, row * width, width);
    }
    return new ExampleSet(width, inputs, select(set.targets(), drawn));
  }

  /** [support + 1 × inputs] of a support set and one query example behind it. */
  public static float[] append(ExampleSet support, ExampleSet query, int example) {
    int width = support.inputSize();
    float[] inputs = Arrays.copyOf(support.inputs(), (support.size() + 1) * width);
    System.arraycopy(query.inputs(), example * width, inputs, support.size() * width, width);
    return inputs;
  }

  private static Targets select(Targets targets, int[] drawn) {
    if (targets instanceof Targets.Classes labels) {
      int[] classes = new int[drawn.length];
      for (int i = 0; i < drawn.length; i++) {
        classes[i] = labels.classes()[drawn[i]];
      }
      return new Targets.Classes(labels.ways(), classes);
    }
    Targets.Values regression = (Targets.Values) targets;
    int width = regression.width();
    float[] values = new float[drawn.length * width];
    for (int i = 0; i < drawn.length; i++) {
      System.arraycopy(regression.values(), drawn[i] * width, values, i * width, width);
    }
    return new Targets.Values(width, values);
  }
}
