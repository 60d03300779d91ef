package io.engram.ingest.kafka;

import static io.engram.ingest.domain.ConfigCheck.require;
import static io.engram.ingest.domain.ConfigCheck.requirePositive;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How ingest runs.
 *
 * @param stateDir directory of the stores; one process at a time
 * @param instanceId names this process in the group, the same at every start, different for processes that run beside each
 *     other: a restart then takes its partitions back at once; {@code auto} for a name of the host and the state directory
 * @param threads stream threads; more than partitions are idle
 * @param commitInterval time between transactions: how late a task can be seen at most
 * @param startTimeout how long the start waits for Kafka
 * @param topics how missing topics are created
 */
public record StreamsRun(
    Path stateDir,
    String instanceId,
    int threads,
    Duration commitInterval,
    Duration startTimeout,
    TopicLayout topics) {

  public StreamsRun {
    require(
        isInstanceId(instanceId),
        "instance-id",
        "'" + instanceId + "'",
        "1 to 200 letters, digits, '.', '_' or '-'");
    require(threads >= 1, "threads", threads, "at least 1");
    requirePositive(commitInterval, "commit-interval");
    requirePositive(startTimeout, "start-timeout");
  }

  static boolean isInstanceId(String name) {
    return name.matches("[a-zA-Z0-9._-]{1,200}");
  }

  /** The same with the name that {@code auto} stands for. */
  public StreamsRun named() {
    return instanceId.equals(InstanceId.AUTO)
        ? new StreamsRun(
            stateDir, InstanceId.of(stateDir), threads, commitInterval, startTimeout, topics)
        : this;
  }

  /** The defaults of every key, over a directory. */
  public static StreamsRun in(Path stateDir) {
    return new StreamsRun(
        stateDir,
        InstanceId.AUTO,
        1,
        Duration.ofMillis(100),
        Duration.ofSeconds(30),
        TopicLayout.defaults());
  }

  /** The same with another layout of the topics. */
  public StreamsRun with(TopicLayout other) {
    return new StreamsRun(stateDir, instanceId, threads, commitInterval, startTimeout, other);
  }

  /** The same with other patience for Kafka. */
  public StreamsRun withStartTimeout(Duration other) {
    return new StreamsRun(stateDir, instanceId, threads, commitInterval, other, topics);
  }
}
