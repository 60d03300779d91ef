package io.engram.ingest.domain;

import io.engram.schemas.Tensors;
import io.engram.schemas.TraceContext;
import io.engram.schemas.avro.ClosedBy;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.ExampleBlock;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.Task;
import io.engram.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes the {@link Task} of a closed group of examples. Pure. */
final class TaskBuilder {

  /** What came out. */
  sealed interface Built {

    /**
     * A task that holds every example of the group.
     *
     * @param trace whose work led to it
     */
    record Made(Task task, Optional<TraceContext> trace) implements Built {}

    /** The group is no task; the reason holds for each of its examples. */
    record Refused(Refusal refusal) implements Built {}
  }

  /** How the task is called, and why it was closed. */
  record Name(String taskId, String taskKey, long sequence, ClosedBy closedBy) {}

  private final SplitRules rules;
  private final Splitter splitter;
  private final int full;
  private final int partition;

  /**
   * @param full examples of a task that was not cut short
   */
  TaskBuilder(SplitRules rules, int full, int partition) {
    this.rules = rules;
    this.splitter = new Splitter(rules);
    this.full = full;
    this.partition = partition;
  }

  /**
   * Builds.
   *
   * @param open what is closed
   * @param placed its examples in order of arrival; all of the same signature
   */
  Built build(Name name, OpenTask open, List<PlacedExample> placed) {
    TaskSignature signature = open.signature();
    if (placed.size() < rules.minExamples()) {
      return refused(
          Category.TASK_TOO_SMALL,
          "task too small: %d of at least %d examples when it was closed by %s (ingest.split.min-examples)"
              .formatted(placed.size(), rules.minExamples(), name.closedBy()));
    }
    List<LabeledExample> examples = placed.stream().map(PlacedExample::example).toList();
    boolean regression = signature.outputs() > 0;
    Map<String, Integer> classes = regression ? Map.of() : classes(examples);
    if (classes.size() > rules.maxClasses()) {
      return refused(
          Category.TOO_MANY_CLASSES,
          "the task has %d classes, at most %d are allowed (ingest.split.max-classes)"
              .formatted(classes.size(), rules.maxClasses()));
    }
    int[] indices =
        examples.stream()
            .mapToInt(one -> regression ? 0 : classes.get(one.getLabel().toString()))
            .toArray();
    List<Part> parts = examples.stream().map(LabeledExample::getPart).toList();
    Splitter.Split split = splitter(name, open).split(parts, indices, classes.size());
    if (split instanceof Splitter.Split.Refused refused) {
      return new Built.Refused(refused.refusal());
    }
    boolean[] support = ((Splitter.Split.Done) split).support();
    return new Built.Made(
        task(
            name,
            List.copyOf(classes.keySet()),
            block(signature, examples, indices, selected(support, true)),
            block(signature, examples, indices, selected(support, false)),
            placed),
        TraceContext.closing(
            placed.stream().map(PlacedExample::trace).filter(Objects::nonNull).toList()));
  }

  /** What the end of its source cut short is split in proportion; a task that its producer names is whole when it ends. */
  private Splitter splitter(Name name, OpenTask open) {
    return name.closedBy() == ClosedBy.BOUNDARY && open.taskId() == null
        ? new Splitter(rules.inProportion(open.count(), full))
        : splitter;
  }

  private Task task(
      Name name,
      List<String> classes,
      ExampleBlock support,
      ExampleBlock query,
      List<PlacedExample> placed) {
    PlacedExample last = placed.get(placed.size() - 1);
    return new Task(
        name.taskId(),
        name.taskKey(),
        name.sequence(),
        name.closedBy(),
        Instant.ofEpochMilli(last.timestamp()),
        classes,
        support,
        query,
        partition,
        placed.get(0).offset(),
        last.offset());
  }

  /** Class names to indices, both in order of first appearance. */
  private static Map<String, Integer> classes(List<LabeledExample> examples) {
    Map<String, Integer> classes = new LinkedHashMap<>();
    for (LabeledExample example : examples) {
      classes.putIfAbsent(example.getLabel().toString(), classes.size());
    }
    return classes;
  }

  private static int[] selected(boolean[] support, boolean side) {
    return IntStream.range(0, support.length).filter(i -> support[i] == side).toArray();
  }

  private static ExampleBlock block(
      TaskSignature signature, List<LabeledExample> examples, int[] indices, int[] selected) {
    List<Tensor> features =
        IntStream.of(selected).mapToObj(i -> examples.get(i).getFeatures()).toList();
    return new ExampleBlock(
        stack(features, signature.featureShape()),
        signature.outputs() > 0
            ? values(signature.outputs(), examples, selected)
            : Tensors.int32(
                IntStream.of(selected).map(i -> indices[i]).toArray(), selected.length));
  }

  private static Tensor values(int outputs, List<LabeledExample> examples, int[] selected) {
    float[] values = new float[selected.length * outputs];
    for (int i = 0; i < selected.length; i++) {
      Tensors.floats((Tensor) examples.get(selected[i]).getLabel(), values, i * outputs);
    }
    return Tensors.float32(values, selected.length, outputs);
  }

  /** One tensor of many, bytes as they are; of mixed element types as FLOAT32. */
  private static Tensor stack(List<Tensor> tensors, List<Integer> shape) {
    List<Integer> stacked = new ArrayList<>(shape.size() + 1);
    stacked.add(tensors.size());
    stacked.addAll(shape);
    ElementType type = tensors.get(0).getElementType();
    if (tensors.stream().allMatch(tensor -> tensor.getElementType() == type)) {
      int each = tensors.get(0).getData().remaining();
      ByteBuffer data = ByteBuffer.allocate(Math.multiplyExact(each, tensors.size()));
      tensors.forEach(tensor -> data.put(tensor.getData().duplicate()));
      return new Tensor(type, stacked, data.flip());
    }
    int each = Tensors.elements(shape);
    float[] values = new float[each * tensors.size()];
    for (int i = 0; i < tensors.size(); i++) {
      Tensors.floats(tensors.get(i), values, i * each);
    }
    return Tensors.float32(values, stacked.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Built refused(Category category, String reason) {
    return new Built.Refused(new Refusal(category, reason));
  }
}
