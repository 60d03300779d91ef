package io.engram.engine.cuda;

import io.engram.core.network.Head;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.engine.cuda.device.ParameterBlock;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** The support or query sets of a group of episodes, on their way to the card. */
final class SetData {

  private final int examples;
  private final int features;
  private final int width;
  private final boolean classes;
  private final Staging.Place inputs;
  private final Staging.Place targets;
  private final Staging.Place ways;

  SetData(Staging staging, NetworkSpec network, int tasks, int examples) {
    this.examples = examples;
    this.features = network.input().size();
    this.width = network.outputs();
    this.classes = network.head() == Head.SOFTMAX_CROSS_ENTROPY;
    this.inputs = staging.reserve((long) tasks * examples * features);
    this.targets = staging.reserve((long) tasks * examples * (classes ? 1 : width));
    this.ways = staging.reserve(tasks);
  }

  int examples() {
    return examples;
  }

  /** Writes the set of task {@code t}. */
  void put(int t, ExampleSet set) {
    FloatBuffer to = inputs.floats();
    to.position(t * examples * features).put(set.inputs());
    if (set.targets() instanceof Targets.Classes labels) {
      IntBuffer ints = targets.ints();
      ints.position(t * examples).put(labels.classes());
      ways.ints().put(t, labels.ways());
    } else if (set.targets() instanceof Targets.Values values) {
      targets.floats().position(t * examples * width).put(values.values());
    }
  }

  /**
   * Brings examples into the network's input.
   *
   * @param first the first task
   * @param rows which examples, or {@link RowChoice#ALL}
   */
  void load(Recording to, int first, int tasks, RowChoice rows, Value input, int count) {
    ParameterBlock block =
        new ParameterBlock()
            .pointer(inputs.address() + 4L * first * examples * features)
            .wide((long) examples * features);
    rows.to(block, first);
    input.to(block);
    block.number(count).number(features);
    to.each("load", tasks, (long) count * features, block);
  }

  /** Where the inputs lie, [tasks, examples, features]. */
  long inputs() {
    return inputs.address();
  }

  /** The targets as the dense kernel wants them: classes and ways, or values. */
  void plainTargets(ParameterBlock block) {
    block
        .pointer(classes ? targets.address() : 0)
        .pointer(classes ? ways.address() : 0)
        .pointer(classes ? 0 : targets.address());
  }

  /** The targets as the loss kernels want them. */
  ParameterBlock targets(ParameterBlock block, int first) {
    if (classes) {
      return block
          .pointer(targets.address() + 4L * first * examples)
          .wide(examples)
          .pointer(ways.address() + 4L * first)
          .pointer(0)
          .wide(0);
    }
    return block
        .pointer(0)
        .wide(0)
        .pointer(0)
        .pointer(targets.address() + 4L * first * examples * width)
        .wide((long) examples * width);
  }
}
