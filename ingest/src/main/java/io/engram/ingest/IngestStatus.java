package io.engram.ingest;

/**
 * What became of the examples, over the partitions this process has. The counts are committed with the work they count: they go
 * on after a restart and never count anything twice, so that always {@code examples = in tasks + rejected + open}.
 *
 * @param examples records read from {@code examples}, good and bad
 * @param tasks tasks written
 * @param rejected examples that were rejected
 * @param leftOver of those, examples of tasks that were closed with fewer than a task needs
 * @param givenUp of those, the ones that are not on the topic once more: they have been there often enough
 * @param open examples that wait in the store for their task to be closed
 * @param lag records of {@code examples} that the group has not committed yet, as of a moment ago; −1 while not known
 */
public record IngestStatus(
    long examples, long tasks, long rejected, long leftOver, long givenUp, long open, long lag) {

  /** Examples that stand in a task. */
  public long inTasks() {
    return examples - rejected - open;
  }
}
