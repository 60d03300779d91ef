package io.engram.benchmarks.cluster;

import io.engram.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** How long nothing new could be read behind each role: the ends of the topics that it writes, looked at several times a second. */
final class Hops implements AutoCloseable {

  private static final int MILLIS = 200;
  private static final long PATIENCE_MILLIS = 2_000;

  private final Admin admin;
  private final Map<String, String> topics = new LinkedHashMap<>();
  private final int partitions;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::look, "bench-hops");
  private final Map<String, Long> ends = new HashMap<>();
  private final Map<String, Long> movedAt = new HashMap<>();
  private final Map<String, Double> longest = new LinkedHashMap<>();

  /**
   * Begins to look.
   *
   * @param kafka of somebody who may describe all topics
   * @param partitions of those that have several
   */
  Hops(Map<String, Object> kafka, int partitions) {
    Map<String, Object> impatient = new HashMap<>(kafka);
    impatient.put("request.timeout.ms", 1_500);
    impatient.put("default.api.timeout.ms", 2_000);
    this.admin = Admin.create(impatient);
    this.partitions = partitions;
    Topics names = new Topics("");
    topics.put("ingest → tasks", names.tasks());
    topics.put("learner → model-candidates", names.modelCandidates());
    topics.put("registry → model-updates", names.modelUpdates());
    topics.put("predict → predictions", names.predictions());
    thread.start();
  }

  private void look() {
    try {
      while (!stop.await(MILLIS, TimeUnit.MILLISECONDS)) {
        for (Map.Entry<String, String> hop : topics.entrySet()) {
          seen(hop.getKey(), end(hop.getValue()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What can be read of a topic; −1 while nobody says. */
  private long end(String topic) throws InterruptedException {
    Map<TopicPartition, OffsetSpec> all = new HashMap<>();
    boolean several = List.of("tasks", "predictions").contains(topic);
    for (int partition = 0; partition < (several ? partitions : 1); partition++) {
      all.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    try {
      return admin
          .listOffsets(all, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
          .all()
          .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
          .values()
          .stream()
          .mapToLong(it -> it.offset())
          .sum();
    } catch (ExecutionException | TimeoutException e) {
      return -1;
    }
  }

  private synchronized void seen(String hop, long end) {
    long now = System.nanoTime();
    longest.merge(hop, (now - movedAt.computeIfAbsent(hop, it -> now)) / 1e9, Math::max);
    if (end > ends.getOrDefault(hop, -1L)) {
      ends.put(hop, end);
      movedAt.put(hop, now);
    }
  }

  /** Forgets what was. */
  synchronized void begin() {
    longest.clear();
    long now = System.nanoTime();
    topics.keySet().forEach(hop -> movedAt.put(hop, now));
  }

  /** Seconds for which nothing new came, at most, by hop. */
  synchronized Map<String, Double> longest() {
    return new LinkedHashMap<>(longest);
  }

  /** Where all hops are now. */
  synchronized Map<String, Long> ends() {
    return new HashMap<>(ends);
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    admin.close(Duration.ofSeconds(1));
  }
}
