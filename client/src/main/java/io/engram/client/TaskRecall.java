package io.engram.client;

import io.engram.client.kafka.NewestRecords;
import io.engram.schemas.Tensors;
import io.engram.schemas.Wire;
import io.engram.schemas.WireException;
import io.engram.schemas.avro.ExampleBlock;
import io.engram.schemas.avro.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the newest tasks of the {@code tasks} topic into a memory. */
final class TaskRecall implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TaskRecall.class);
  private final String topic;
  private final Duration patience;
  private final NewestRecords records;

  TaskRecall(String topic, Map<String, Object> kafka, Duration patience) {
    this.topic = topic;
    this.patience = patience;
    this.records = new NewestRecords(topic, kafka, patience);
  }

  /** How many were remembered. */
  int into(SupportMemory memory) {
    List<Task> newest = read(memory.capacity());
    newest.sort(Comparator.comparing(Task::getClosedAt));
    List<Task> kept = newest.subList(Math.max(0, newest.size() - memory.capacity()), newest.size());
    kept.forEach(task -> memory.remember(task.getTaskId(), examples(task)));
    return kept.size();
  }

  /** The last tasks of every partition, {@code each} of one at most. */
  private List<Task> read(int each) {
    List<Task> tasks = new ArrayList<>();
    boolean all =
        records.read(each, (partition, offset, value) -> decode(partition, offset, value, tasks));
    if (!all) {
      throw new IllegalStateException(
          "%s was not read to its end within %s; %d tasks came"
              .formatted(topic, patience, tasks.size()));
    }
    return tasks;
  }

  private static void decode(
      int partition, long offset, byte @Nullable [] value, List<Task> tasks) {
    try {
      tasks.add(Wire.task().decode(value));
    } catch (WireException e) {
      LOG.debug("no task at {}-{}: {}", partition, offset, String.valueOf(e.getMessage()));
    }
  }

  /** All that is labeled in it, support and query. */
  private static SupportSet examples(Task task) {
    List<float[]> features = new ArrayList<>();
    List<float[]> targets = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (ExampleBlock block : List.of(task.getSupport(), task.getQuery())) {
      features.addAll(rows(Tensors.floats(block.getFeatures()), block));
      if (task.getClasses().isEmpty()) {
        targets.addAll(rows(Tensors.floats(block.getTargets()), block));
      } else {
        for (int label : Tensors.ints(block.getTargets())) {
          labels.add(task.getClasses().get(label));
        }
      }
    }
    return labels.isEmpty()
        ? new SupportSet.Measured(features, targets)
        : new SupportSet.Labeled(features, labels);
  }

  /** As many rows as the block has targets. */
  private static List<float[]> rows(float[] flat, ExampleBlock block) {
    int count = block.getTargets().getShape().get(0);
    int width = flat.length / Math.max(1, count);
    List<float[]> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rows.add(Arrays.copyOfRange(flat, i * width, (i + 1) * width));
    }
    return rows;
  }

  @Override
  public void close() {
    records.close();
  }
}
