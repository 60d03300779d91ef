package io.engram.engine.fused;

import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.engine.MiniBatches;
import org.jspecify.annotations.Nullable;

/** Examples as the operations want them: inputs in a frame (images channels last), targets as plain arrays. */
final class Batch implements AutoCloseable {

  final Frame inputs;

  private final int inputSize;
  private final int outputs;
  private final int @Nullable [] order;
  private int size;
  private int ways;
  private int[] classes = new int[0];
  private float[] values = new float[0];

  Batch(Circuit circuit) {
    this.inputSize = circuit.network.input().size();
    this.outputs = circuit.outputs();
    this.order = circuit.inputOrder;
    this.inputs = circuit.operation(0).inputFrame();
  }

  int size() {
    return size;
  }

  int ways() {
    return ways;
  }

  int classOf(int row) {
    return classes[row];
  }

  /** Target value {@code i} of the flat [size, outputs] targets. */
  float value(int i) {
    return values[i];
  }

  /** All examples of a set. */
  void load(ExampleSet set) {
    begin(set, set.size());
    float[] into = inputs.value.writeHeap(size * inputSize);
    for (int row = 0; row < size; row++) {
      copyInput(set, row, into, row);
      copyTarget(set, row, row);
    }
  }

  /** The next {@code count} examples in the order of {@code draw}. */
  void loadNext(ExampleSet set, MiniBatches draw, int count) {
    begin(set, count);
    float[] into = inputs.value.writeHeap(size * inputSize);
    for (int row = 0; row < count; row++) {
      int example = draw.next();
      copyInput(set, example, into, row);
      copyTarget(set, example, row);
    }
  }

  /** All inputs of a set and a free row behind them, to be filled by {@link #replaceLast}. Targets are not loaded. */
  void loadInputsWithRoomForOne(ExampleSet set) {
    begin(set, set.size() + 1);
    float[] into = inputs.value.writeHeap(size * inputSize);
    for (int row = 0; row < set.size(); row++) {
      copyInput(set, row, into, row);
    }
  }

  /** Puts one example of a set into the last row. */
  void replaceLast(ExampleSet set, int example) {
    copyInput(set, example, inputs.value.updateHeap(), size - 1);
  }

  /** Only the targets, for scoring outputs computed elsewhere. */
  void loadTargets(ExampleSet set) {
    begin(set, set.size());
    for (int row = 0; row < size; row++) {
      copyTarget(set, row, row);
    }
  }

  private void begin(ExampleSet set, int rows) {
    size = rows;
    if (set.targets() instanceof Targets.Classes labels) {
      ways = labels.ways();
      if (classes.length < rows) {
        classes = new int[rows];
      }
    } else if (values.length < rows * outputs) {
      values = new float[rows * outputs];
    }
  }

  private void copyInput(ExampleSet set, int example, float[] into, int row) {
    int from = example * inputSize;
    int to = row * inputSize;
    if (order == null) {
      System.arraycopy(set.inputs(), from, into, to, inputSize);
    } else {
      for (int i = 0; i < inputSize; i++) {
        into[to + i] = set.inputs()[from + order[i]];
      }
    }
  }

  private void copyTarget(ExampleSet set, int example, int row) {
    if (set.targets() instanceof Targets.Classes labels) {
      classes[row] = labels.classes()[example];
    } else if (set.targets() instanceof Targets.Values regression) {
      System.arraycopy(regression.values(), example * outputs, values, row * outputs, outputs);
    }
  }

  @Override
  public void close() {
    inputs.close();
  }
}
