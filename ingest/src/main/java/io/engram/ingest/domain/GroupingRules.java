package io.engram.ingest.domain;

import static io.engram.ingest.domain.ConfigCheck.require;
import static io.engram.ingest.domain.ConfigCheck.requirePositive;

import io.engram.schemas.avro.ClosedBy;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When examples of one key make a task. One task is open per key. Examples without a task id fill it up to {@code size};
 * examples with a task id stay together until the id changes, at most {@code taskIdSize} of them. Either is closed when the
 * key has been silent for {@code idle} (an id that comes back after another makes a second task of that id), or before it would grow beyond {@code maxTaskBytes}; whatever is open is closed when a source says that it has ended.
 *
 * @param size examples in a task without task id
 * @param taskIdSize most examples in a task with a task id; a longer one is cut into pieces of this size
 * @param idle silence of a key, in event time between two examples and on the clock after the last
 * @param maxTaskBytes most bytes of a task, counting 4 for each number
 */
public record GroupingRules(int size, int taskIdSize, Duration idle, int maxTaskBytes) {

  public GroupingRules {
    require(size >= 2, "grouping.size", size, "at least 2: 1 support, 1 query example");
    require(taskIdSize >= 2, "grouping.task-id-size", taskIdSize, "at least 2");
    requirePositive(idle, "grouping.idle");
    require(
        maxTaskBytes >= 1024 && maxTaskBytes <= 512 << 20,
        "grouping.max-task-bytes",
        maxTaskBytes,
        "1024 (1 KiB) to 536870912 (512 MiB)");
  }

  /** Tasks of 20, cut at a minute's silence. */
  public static GroupingRules defaults() {
    return new GroupingRules(20, 1_000, Duration.ofSeconds(60), 16 << 20);
  }

  /** Whether an open task must be closed before an example can be taken, and why. */
  Optional<ClosedBy> closesBefore(
      OpenTask open, @Nullable String taskId, long eventTime, long bytes) {
    if (!Objects.equals(open.taskId(), taskId)) {
      return Optional.of(ClosedBy.EXPLICIT);
    }
    if (eventTime - open.lastEventTime() >= idle.toMillis()) {
      return Optional.of(ClosedBy.IDLE);
    }
    return open.bytes() + bytes > maxTaskBytes ? Optional.of(ClosedBy.SIZE) : Optional.empty();
  }

  /** Whether an open task is full. */
  Optional<ClosedBy> closesAfter(OpenTask open) {
    int full = open.taskId() == null ? size : taskIdSize;
    return open.count() >= full ? Optional.of(ClosedBy.SIZE) : Optional.empty();
  }

  /**
   * Whether a key has been silent for long enough. Silence on the clock is not enough: while the partition is behind, the
   * next example of the key may be waiting in the log. So either the log's own time has passed too, or the whole
   * partition is silent.
   */
  boolean idle(OpenTask open, PartitionClock clock) {
    long enough = idle.toMillis();
    if (clock.now() - Math.max(open.lastArrival(), clock.startedAt()) < enough) {
      return false;
    }
    return clock.streamTime() - open.lastEventTime() >= enough
        || clock.now() - clock.lastRecordAt() >= enough;
  }
}
