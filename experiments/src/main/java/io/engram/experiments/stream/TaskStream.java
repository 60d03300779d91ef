package io.engram.experiments.stream;

import io.engram.cli.source.Cursor;
import io.engram.cli.source.SourceRecord;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import io.engram.schemas.avro.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tasks of a source's sessions, in the order in which their last examples come, as ingest would make them. */
public final class TaskStream {

  private final Cursor cursor;
  private final int examplesPerTask;
  private final Map<String, List<LabeledExample>> open = new HashMap<>();

  public TaskStream(Cursor cursor, int examplesPerTask) {
    this.cursor = cursor;
    this.examplesPerTask = examplesPerTask;
  }

  /** The next task, or null at the end. */
  public @Nullable Task next() {
    while (cursor.next() instanceof SourceRecord.Example example) {
      List<LabeledExample> session =
          open.computeIfAbsent(example.key(), key -> new ArrayList<>(examplesPerTask));
      session.add(example.value());
      if (session.size() == examplesPerTask) {
        open.remove(example.key());
        return task(example.key(), session);
      }
    }
    return null;
  }

  private static Task task(String key, List<LabeledExample> session) {
    Map<String, Integer> classes = new LinkedHashMap<>();
    for (LabeledExample example : session) {
      if (!(example.getLabel() instanceof Tensor)) {
        classes.putIfAbsent(example.getLabel().toString(), classes.size());
      }
    }
    return new Task(
        key,
        key,
        List.copyOf(classes.keySet()),
        set(session, Part.SUPPORT, classes),
        set(session, Part.QUERY, classes),
        0);
  }

  private static ExampleSet set(
      List<LabeledExample> session, Part part, Map<String, Integer> classes) {
    List<LabeledExample> chosen =
        session.stream().filter(example -> example.getPart() == part).toList();
    int size = Tensors.floats(session.get(0).getFeatures()).length;
    float[] inputs = new float[chosen.size() * size];
    for (int i = 0; i < chosen.size(); i++) {
      Tensors.floats(chosen.get(i).getFeatures(), inputs, i * size);
    }
    return new ExampleSet(size, inputs, targets(chosen, classes));
  }

  private static Targets targets(List<LabeledExample> chosen, Map<String, Integer> classes) {
    if (!classes.isEmpty()) {
      return new Targets.Classes(
          classes.size(),
          chosen.stream()
              .mapToInt(example -> classes.getOrDefault(example.getLabel().toString(), -1))
              .toArray());
    }
    int width = Tensors.floats((Tensor) chosen.get(0).getLabel()).length;
    float[] values = new float[chosen.size() * width];
    for (int i = 0; i < chosen.size(); i++) {
      Tensors.floats((Tensor) chosen.get(i).getLabel(), values, i * width);
    }
    return new Targets.Values(width, values);
  }
}
