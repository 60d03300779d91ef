package io.engram.kafkakit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CommittedReaderTest {

  private static final TopicPartition ZERO = new TopicPartition("t", 0);
  private static final TopicPartition ONE = new TopicPartition("t", 1);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final CommittedReader reader = new CommittedReader(consumer);
  private final List<String> read = new ArrayList<>();

  @Test
  void everythingThatStandsThereNowIsReadAndNothingThatComesMeanwhile() {
    topic();
    // Two polls bring one record each; the second has one more that came after the beginning.
    consumer.schedulePollTask(() -> record(ZERO, 0, "a"));
    consumer.schedulePollTask(
        () -> {
          record(ONE, 0, "b");
          consumer.updateEndOffsets(Map.of(ONE, 2L));
        });
    reader.readAll("t", this::take);
    assertThat(read).containsExactly("t-0 a", "t-1 b");
  }

  @Test
  void aTopicThatIsNotThereHoldsNothing() {
    reader.readAll("absent", this::take);
    assertThat(reader.partitions("absent")).isEmpty();
    assertThat(read).isEmpty();
  }

  @Test
  void partitionsComeInTheirOrder() {
    topic();
    assertThat(reader.partitions("t")).containsExactly(ZERO, ONE);
  }

  @Test
  void patienceEnds() {
    topic();
    consumer.assign(List.of(ZERO));
    consumer.seek(ZERO, 0);
    assertThat(reader.readTo(Map.of(ZERO, 1L), this::take, Duration.ofMillis(1))).isFalse();
    consumer.schedulePollTask(() -> record(ZERO, 0, "a"));
    assertThat(reader.readTo(Map.of(ZERO, 1L), this::take, Duration.ofSeconds(20))).isTrue();
    assertThat(read).containsExactly("t-0 a");
  }

  private void topic() {
    consumer.updatePartitions("t", List.of(info(1), info(0)));
    consumer.updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
    consumer.updateEndOffsets(Map.of(ZERO, 1L, ONE, 1L));
  }

  private static PartitionInfo info(int partition) {
    Node node = new Node(0, "h", 1);
    return new PartitionInfo("t", partition, node, new Node[] {node}, new Node[] {node});
  }

  private void record(TopicPartition partition, long offset, String value) {
    consumer.addRecord(
        new ConsumerRecord<>(
            "t",
            partition.partition(),
            offset,
            new byte[0],
            value.getBytes(StandardCharsets.UTF_8)));
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    read.add(
        "t-%d %s"
            .formatted(record.partition(), new String(record.value(), StandardCharsets.UTF_8)));
  }
}
