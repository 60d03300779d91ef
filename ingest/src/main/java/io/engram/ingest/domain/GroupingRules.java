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
 * @param cuts what else closes a task
 * @param strays what becomes of examples that fit in nowhere
 */
public record GroupingRules(
    int size, int taskIdSize, Duration idle, int maxTaskBytes, Cuts cuts, Strays strays) {

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

  /** By size, silence and the producer's ids alone. */
  public GroupingRules(int size, int taskIdSize, Duration idle, int maxTaskBytes) {
    this(size, taskIdSize, idle, maxTaskBytes, Cuts.NONE, Strays.defaults());
  }

  /** The same with other cuts. */
  public GroupingRules with(Cuts other) {
    return new GroupingRules(size, taskIdSize, idle, maxTaskBytes, other, strays);
  }

  /** The same with other rules for strays. */
  public GroupingRules with(Strays other) {
    return new GroupingRules(size, taskIdSize, idle, maxTaskBytes, cuts, other);
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
    if (cuts.window().isEmpty() && eventTime - open.lastEventTime() >= idle.toMillis()) {
      return Optional.of(ClosedBy.IDLE);
    }
    if (open.olderThan(cuts.age(), eventTime)) {
      return Optional.of(ClosedBy.AGE);
    }
    return open.bytes() + bytes > maxTaskBytes ? Optional.of(ClosedBy.SIZE) : Optional.empty();
  }

  /** Whether an open task is full. */
  Optional<ClosedBy> closesAfter(OpenTask open) {
    boolean cutElsewhere = open.taskId() != null || cuts.window().isPresent();
    int full = cutElsewhere ? taskIdSize : size;
    return open.count() >= full ? Optional.of(ClosedBy.SIZE) : Optional.empty();
  }

  /** Why a silent key's task is closed, if it has been silent for long enough. */
  Optional<ClosedBy> closesSilent(OpenTask open, PartitionClock clock) {
    if (!idle(open, clock)) {
      return Optional.empty();
    }
    return Optional.of(cuts.window().map(GroupingRules::cut).orElse(ClosedBy.IDLE));
  }

  /** What a task says that was closed because its window was over. */
  static ClosedBy cut(WindowRules window) {
    return window.kind() == WindowRules.Kind.SESSION ? ClosedBy.SESSION : ClosedBy.WINDOW;
  }

  /**
   * Whether a key has been silent for long enough. Silence on the clock is not enough: while the partition is behind, the
   * next example of the key may be waiting in the log. So either the log's own time has passed too, or the whole
   * partition is silent.
   */
  private boolean idle(OpenTask open, PartitionClock clock) {
    long enough =
        Math.max(idle.toMillis(), cuts.window().map(it -> it.patience().toMillis()).orElse(0L));
    if (clock.now() - Math.max(open.lastArrival(), clock.startedAt()) < enough) {
      return false;
    }
    return clock.streamTime() - open.lastEventTime() >= enough
        || clock.now() - clock.lastRecordAt() >= enough;
  }
}
