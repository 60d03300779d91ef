package io.engram.client;

import io.engram.client.kafka.NewestRecords;
import io.engram.core.task.Task;
import io.engram.model.TaskCodec;
import io.engram.schemas.WireException;
import java.time.Duration;
import java.util.ArrayList;
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
    newest.sort(Comparator.comparingLong(Task::closedAt));
    List<Task> kept = newest.subList(Math.max(0, newest.size() - memory.capacity()), newest.size());
    kept.forEach(task -> memory.remember(task.id(), examples(task)));
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
    if (value == null) {
      LOG.debug("no task at {}-{}: a tombstone", partition, offset);
      return;
    }
    try {
      tasks.add(TaskCodec.decode(value));
    } catch (WireException e) {
      LOG.debug("no task at {}-{}: {}", partition, offset, String.valueOf(e.getMessage()));
    }
  }

  /** All that is labeled in it, support and query. */
  private static SupportSet examples(Task task) {
    return TaskExamples.of(task, List.of(task.support(), task.query()));
  }

  @Override
  public void close() {
    records.close();
  }
}
