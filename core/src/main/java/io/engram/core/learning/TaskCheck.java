package io.engram.core.learning;

import io.engram.core.algebra.Vectors;
import io.engram.core.network.Head;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import java.util.Optional;

/** Whether a task can be learned by a network, or why not. */
public final class TaskCheck {

  private final NetworkSpec network;
  private final int inputs;
  private final int outputs;

  /** Of tasks for this network. */
  public TaskCheck(NetworkSpec network) {
    this.network = network;
    this.inputs = network.input().size();
    this.outputs = network.outputs();
  }

  /** The reason to refuse the task, if there is one. */
  public Optional<String> refuse(Task task, LabelSpace space, LabelDictionary labels) {
    if (task.support().size() == 0 || task.query().size() == 0) {
      return Optional.of(
          "it has %d support and %d query examples; at least 1 of each is needed"
              .formatted(task.support().size(), task.query().size()));
    }
    if (task.support().inputSize() != inputs || task.query().inputSize() != inputs) {
      return Optional.of(
          "its examples have %d features, the network %s takes %d"
              .formatted(task.support().inputSize(), network, inputs));
    }
    Optional<String> targets =
        network.head() == Head.MEAN_SQUARED_ERROR
            ? refuseValues(task)
            : refuseClasses(task, space, labels);
    return targets.isPresent() ? targets : refuseNonFinite(task);
  }

  private Optional<String> refuseValues(Task task) {
    if (task.support().targets() instanceof Targets.Values support
        && task.query().targets() instanceof Targets.Values query
        && support.width() == outputs
        && query.width() == outputs) {
      return Optional.empty();
    }
    return Optional.of(
        "its targets are not rows of %d value(s), which the network %s predicts"
            .formatted(outputs, network));
  }

  private Optional<String> refuseClasses(Task task, LabelSpace space, LabelDictionary labels) {
    if (!task.classification()) {
      return Optional.of(
          "its targets are values, but the network " + network + " predicts classes");
    }
    if (space == LabelSpace.GLOBAL && !labels.fits(task.classes())) {
      return Optional.of(
          "its classes %s do not fit: the network has %d outputs, taken by %s; use a wider network"
              .formatted(task.classes(), outputs, labels.names()));
    }
    if (space == LabelSpace.PER_TASK && task.classes().size() > outputs) {
      return Optional.of(
          "it has %d classes, the network has %d outputs; use a wider network or smaller tasks"
              .formatted(task.classes().size(), outputs));
    }
    return Optional.empty();
  }

  private static Optional<String> refuseNonFinite(Task task) {
    return finite(task.support()) && finite(task.query())
        ? Optional.empty()
        : Optional.of("it holds numbers that are NaN or infinite");
  }

  private static boolean finite(ExampleSet examples) {
    return Vectors.finite(examples.inputs())
        && (!(examples.targets() instanceof Targets.Values values)
            || Vectors.finite(values.values()));
  }
}
