package io.engram.client;

import io.engram.client.kafka.TaskTail;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.task.Task;
import io.engram.model.TaskCodec;
import io.engram.schemas.WireException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest of every so many tasks of the log, drawn by their position alone, which no sender chooses: every reader of the log keeps the
 * same. Where there are too many, the oldest of the key goes that has the most, so that nobody who sends much makes them all. Bounded. For
 * one thread.
 */
final class TaskSample implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TaskSample.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Any number but a learner's seed. */
  private static final long ROOT = 0x6578616d696e65L;

  private final ExaminerConfig config;
  private final TaskTail tail;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private long bytes;
  private boolean troubled;

  private record Kept(Task task, int bytes) {}

  TaskSample(String topic, Map<String, Object> kafka, ExaminerConfig config) {
    this.config = config;
    this.tail = new TaskTail(topic, kafka, 2L * config.tasks() * config.every());
  }

  /** The tasks as of now; those of before where the log cannot be read. */
  List<Task> tasks() {
    try {
      tail.advance(PATIENCE, this::take);
      troubled = false;
    } catch (RuntimeException e) {
      if (!troubled) {
        LOG.warn(
            "versions are measured on the {} tasks known so far: {}",
            kept.size(),
            String.valueOf(e.getMessage()));
      }
      troubled = true;
    }
    return kept.stream().map(Kept::task).toList();
  }

  private void take(int partition, long offset, byte @Nullable [] value) {
    if (value == null || value.length > config.maxBytes() || !drawn(partition, offset)) {
      return;
    }
    try {
      Task task = TaskCodec.decode(value);
      if (task.support().size() > 0 && task.query().size() > 0) {
        kept.add(new Kept(task, value.length));
        bytes += value.length;
      }
    } catch (WireException e) {
      LOG.debug("no task at {}-{}: {}", partition, offset, String.valueOf(e.getMessage()));
    }
    while (kept.size() > config.tasks() || bytes > config.maxBytes()) {
      dropOne();
    }
  }

  private void dropOne() {
    Map<String, Integer> ofKey = new HashMap<>();
    kept.forEach(it -> ofKey.merge(it.task().key(), 1, Integer::sum));
    int most = ofKey.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    for (Iterator<Kept> oldest = kept.iterator(); oldest.hasNext(); ) {
      Kept it = oldest.next();
      if (ofKey.getOrDefault(it.task().key(), 0) == most) {
        bytes -= it.bytes();
        oldest.remove();
        return;
      }
    }
  }

  private boolean drawn(int partition, long offset) {
    return new RandomStream(Seeds.derive(ROOT, Seeds.Purpose.ADMISSION, partition, offset))
            .nextInt(config.every())
        == 0;
  }

  @Override
  public void close() {
    tail.close();
  }
}
