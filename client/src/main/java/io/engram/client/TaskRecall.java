package io.engram.client;

import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import io.engram.model.TaskCodec;
import io.engram.schemas.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the newest tasks of the {@code tasks} topic into a memory. */
final class TaskRecall implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TaskRecall.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String topic;
  private final Duration patience;
  private final KafkaConsumer<byte[], byte[]> consumer;

  TaskRecall(String topic, Map<String, Object> kafka, Duration patience) {
    this.topic = topic;
    this.patience = patience;
    Map<String, Object> config = new HashMap<>(kafka);
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    this.consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** How many were remembered. */
  int into(SupportMemory memory) {
    List<Task> newest = read(memory.capacity());
    newest.sort(Comparator.comparingLong(Task::closedAt));
    List<Task> kept = newest.subList(Math.max(0, newest.size() - memory.capacity()), newest.size());
    kept.forEach(task -> memory.remember(task.id(), examples(task)));
    return kept.size();
  }

  /** The last tasks of every partition, {@code each} of one at most. */
  private List<Task> read(int each) {
    List<PartitionInfo> found = consumer.partitionsFor(topic, patience);
    List<TopicPartition> partitions =
        (found == null ? List.<PartitionInfo>of() : found)
            .stream().map(info -> new TopicPartition(topic, info.partition())).toList();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, patience);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, patience);
    consumer.assign(partitions);
    for (TopicPartition it : partitions) {
      long first = beginnings.getOrDefault(it, 0L);
      consumer.seek(it, Math.max(first, ends.getOrDefault(it, first) - each));
    }
    List<Task> tasks = new ArrayList<>();
    long deadline = System.nanoTime() + patience.toNanos();
    while (!reached(ends)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s was not read to its end within %s; %d tasks came"
                .formatted(topic, patience, tasks.size()));
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        decode(record, tasks);
      }
    }
    return tasks;
  }

  private boolean reached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), patience) >= end.getValue());
  }

  private static void decode(ConsumerRecord<byte[], byte[]> record, List<Task> tasks) {
    try {
      tasks.add(TaskCodec.decode(record.value()));
    } catch (WireException e) {
      LOG.debug(
          "no task at {}-{}: {}",
          record.partition(),
          record.offset(),
          String.valueOf(e.getMessage()));
    }
  }

  /** All that is labeled in it, support and query. */
  private static SupportSet examples(Task task) {
    List<float[]> features = new ArrayList<>();
    List<float[]> targets = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (ExampleSet set : List.of(task.support(), task.query())) {
      features.addAll(rows(set.inputs(), set.inputSize()));
      if (set.targets() instanceof Targets.Classes classes) {
        for (int label : classes.classes()) {
          labels.add(task.classes().get(label));
        }
      } else if (set.targets() instanceof Targets.Values values) {
        targets.addAll(rows(values.values(), values.width()));
      }
    }
    return labels.isEmpty()
        ? new SupportSet.Measured(features, targets)
        : new SupportSet.Labeled(features, labels);
  }

  private static List<float[]> rows(float[] flat, int width) {
    List<float[]> rows = new ArrayList<>();
    for (int at = 0; at < flat.length; at += width) {
      rows.add(Arrays.copyOfRange(flat, at, at + width));
    }
    return rows;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
