package io.engram.core.task;

/** Where a record stands in the {@code tasks} log; the identity of an arrival. */
public record LogPosition(int partition, long offset) implements Comparable<LogPosition> {

  public LogPosition {
    if (partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "partition and offset start at 0, found %d, %d".formatted(partition, offset));
    }
  }

  @Override
  public int compareTo(LogPosition other) {
    int byPartition = Integer.compare(partition, other.partition);
    return byPartition != 0 ? byPartition : Long.compare(offset, other.offset);
  }

  @Override
  public String toString() {
    return partition + "@" + offset;
  }
}
