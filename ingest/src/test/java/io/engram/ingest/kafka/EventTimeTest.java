package io.engram.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class EventTimeTest {

  private final EventTime time = new EventTime();

  @Test
  void aRecordWithoutATimeGetsThePartitionsTime() {
    assertThat(time.extract(record(7), 100)).isEqualTo(7);
    assertThat(time.extract(record(-1), 100)).isEqualTo(100);
    assertThat(time.extract(record(-1), -1)).isZero();
  }

  private static ConsumerRecord<Object, Object> record(long timestamp) {
    return new ConsumerRecord<>(
        "t",
        0,
        0,
        timestamp,
        TimestampType.CREATE_TIME,
        0,
        0,
        "k",
        "v",
        new RecordHeaders(),
        Optional.empty());
  }
}
