package io.engram.learner.agent;

import io.engram.core.task.LogPosition;
import io.engram.schemas.TraceContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code tasks} log, read from positions the learner remembers itself.
 *
 * <p><b>Threading:</b> the agent's thread only, but for {@link #wakeup}. <b>Order:</b> records of one partition come in the order of
 * their offsets; the order in which
 * partitions take turns is open.
 */
public interface TaskLog extends AutoCloseable {

  /**
   * One record of the log as it lies there.
   *
   * @param end whether it is no task but says that a source has ended
   * @param trace whose work led to it; null where it does not say
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way from the log to the store
  record Entry(LogPosition position, byte[] value, boolean end, @Nullable TraceContext trace) {

    /** Of nobody's work. */
    public Entry(LogPosition position, byte[] value, boolean end) {
      this(position, value, end, null);
    }

    /** A task, or what should be one. */
    public Entry(LogPosition position, byte[] value) {
      this(position, value, false);
    }
  }

  /** What a log that starts later than the learner's position has lost. */
  record Gap(int partition, long expected, long found) {}

  /** Whether there is a log yet. */
  boolean exists();

  /**
   * Continues at these positions; partitions not named start at their beginning.
   *
   * @throws IllegalStateException if a partition ends before its position: it is not the log that was read before
   * @return for each partition whose log no longer reaches back to its position, what is gone
   */
  List<Gap> seek(Map<Integer, Long> nextOffsets);

  /** Whether it has several partitions, whose records may come in one order or another. */
  boolean merges();

  /** The offset after the last record of each partition, as of now. */
  Map<Integer, Long> ends();

  /** Whether all records before these offsets have been polled, as far as there are any. */
  boolean passed(Map<Integer, Long> offsets);

  /** Records that have arrived, or none after {@code patience}. Only committed transactions are seen. */
  List<Entry> poll(Duration patience);

  /** Records in the log that were not yet polled. */
  long lag();

  /** Makes a poll that waits return at once. Any thread. */
  void wakeup();

  @Override
  void close();
}
