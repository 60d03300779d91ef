package io.engram.ingest.kafka;

import static io.engram.ingest.domain.ConfigCheck.require;

/**
 * How topics are created that do not exist; existing ones are left as they are.
 *
 * @param partitions of examples, examples.rejected and tasks
 * @param replication copies of each partition, also of the stores' changelogs; −1 for the broker's default
 */
public record TopicLayout(int partitions, short replication) {

  public TopicLayout {
    require(partitions >= 1, "topics.partitions", partitions, "at least 1");
    require(
        replication == -1 || replication >= 1,
        "topics.replication",
        replication,
        "-1 or at least 1");
  }

  /** One partition, the broker's replication. */
  public static TopicLayout defaults() {
    return new TopicLayout(1, (short) -1);
  }
}
