package io.engram.core.memory;

/** How much a memory holds. */
public sealed interface Capacity {

  /** Whether it can hold so many tasks of so many bytes together. */
  boolean holds(long tasks, long bytes);

  /** A number of tasks. */
  record Tasks(int count) implements Capacity {

    public Tasks {
      if (count < 1) {
        throw new IllegalArgumentException(
            "memory capacity must be at least 1 task, found " + count);
      }
    }

    @Override
    public boolean holds(long tasks, long bytes) {
      return tasks <= count;
    }

    @Override
    public String toString() {
      return count + " tasks";
    }
  }

  /** The sum of the tasks' sizes, each as it came, before the store compresses it. */
  record Bytes(long count) implements Capacity {

    public Bytes {
      if (count < 1) {
        throw new IllegalArgumentException(
            "memory capacity must be at least 1 byte, found " + count);
      }
    }

    @Override
    public boolean holds(long tasks, long bytes) {
      return bytes <= count;
    }

    @Override
    public String toString() {
      return count + " bytes";
    }
  }
}
