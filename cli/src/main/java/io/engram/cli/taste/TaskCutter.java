package io.engram.cli.taste;

import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cuts rows into tasks as they came: of one key, of a fixed size, in the order in which they are full. The first half adapts, the second is asked. */
final class TaskCutter {

  private final Table table;
  private final int half;

  TaskCutter(Table table, int half) {
    this.table = table;
    this.half = half;
  }

  List<Task> tasks() {
    Map<String, List<Row>> open = new HashMap<>();
    List<Task> full = new ArrayList<>();
    for (Row row : table.rows()) {
      List<Row> ofKey = open.computeIfAbsent(row.key(), key -> new ArrayList<>());
      ofKey.add(row);
      if (ofKey.size() == 2 * half) {
        full.add(task(full.size(), ofKey, half));
        open.remove(row.key());
      }
    }
    return full;
  }

  /** The same task with the newest of its rows alone to adapt on. */
  Task withShots(Task task, int shots) {
    ExampleSet support = task.support();
    int from = support.size() - shots;
    float[] inputs = new float[shots * support.inputSize()];
    System.arraycopy(support.inputs(), from * support.inputSize(), inputs, 0, inputs.length);
    Targets targets;
    if (support.targets() instanceof Targets.Classes classes) {
      int[] newest = new int[shots];
      System.arraycopy(classes.classes(), from, newest, 0, shots);
      targets = new Targets.Classes(classes.ways(), newest);
    } else {
      float[] newest = new float[shots];
      System.arraycopy(((Targets.Values) support.targets()).values(), from, newest, 0, shots);
      targets = new Targets.Values(1, newest);
    }
    ExampleSet fewer = new ExampleSet(support.inputSize(), inputs, targets);
    return new Task(task.id(), task.key(), task.classes(), fewer, task.query(), 0);
  }

  private Task task(int number, List<Row> rows, int support) {
    return new Task(
        Integer.toString(number),
        rows.get(0).key(),
        table.classes(),
        examples(rows.subList(0, support)),
        examples(rows.subList(support, rows.size())),
        0);
  }

  private ExampleSet examples(List<Row> rows) {
    int columns = table.width();
    float[] inputs = new float[rows.size() * columns];
    float[] values = new float[rows.size()];
    int[] classes = new int[rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i).inputs(), 0, inputs, i * columns, columns);
      values[i] = rows.get(i).label();
      classes[i] = table.classification() ? (int) values[i] : 0;
    }
    Targets targets =
        table.classification()
            ? new Targets.Classes(table.classes().size(), classes)
            : new Targets.Values(1, values);
    return new ExampleSet(columns, inputs, targets);
  }
}
