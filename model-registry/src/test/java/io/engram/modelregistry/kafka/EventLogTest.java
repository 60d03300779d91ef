package io.engram.modelregistry.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class EventLogTest {

  private final EventLog log = new EventLog();
  private long offset;

  @Test
  void eventsStandInTheirPlaces() {
    log.add(at(0), rejected("a"));
    log.add(at(1), rejected("b"));
    assertThat(history()).containsExactly("a", "b");
  }

  @Test
  void eventsOfALogWithoutPlacesStandAsTheyCame() {
    log.add(record(), rejected("a"));
    log.add(record(), rejected("b"));
    log.add(at(2), rejected("c"));
    assertThat(history()).containsExactly("a", "b", "c");
  }

  @Test
  void aHiddenCommitGivesWayToTheOneThatDidItsWorkAgain() {
    log.add(at(0), rejected("a"));
    log.add(at(1), rejected("hidden"));
    log.add(at(2), rejected("hidden too"));
    log.add(at(1), rejected("b"));
    log.add(at(2), rejected("c"));
    assertThat(history()).containsExactly("a", "b", "c");
  }

  @Test
  void aGapIsNotReplayed() {
    log.add(at(0), rejected("a"));
    assertThatThrownBy(() -> log.add(at(2), rejected("c")))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("registry-events at offset 1 is event 3")
        .hasMessageContaining("only 1 events stand before it");
  }

  private List<String> history() {
    return log.image().modelOrEmpty("m").chronicle().history().stream()
        .map(ModelEvent::reason)
        .toList();
  }

  private ConsumerRecord<byte[], byte[]> record() {
    return new ConsumerRecord<>("registry-events", 0, offset++, new byte[0], new byte[0]);
  }

  private ConsumerRecord<byte[], byte[]> at(long place) {
    ConsumerRecord<byte[], byte[]> record = record();
    record.headers().add(EventLog.place(place));
    return record;
  }

  private static ModelEvent rejected(String reason) {
    return new ModelEvent(
        "m", Instant.EPOCH, ModelEvent.REGISTRY, reason, null, new Change.Rejected(reason));
  }
}
