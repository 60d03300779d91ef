package io.engram.modelregistry.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.schemas.kafka.SealHeaders;
import io.engram.schemas.signing.Sealed;
import io.engram.schemas.signing.SigningKey;
import io.engram.schemas.signing.TrustedKeys;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

class EventLogTest {

  private static final SigningKey KEY = SigningKey.make();

  private final EventLog log = new EventLog(TrustedKeys.NONE);
  private final EventLog checked = new EventLog(TrustedKeys.of(KEY.publicKey()));
  private long offset;
  private byte[] tip = Chain.beginning();
  private long place;

  @Example
  void eventsOfOldStandInTheirPlaces() {
    log.add(at(0, "a"));
    log.add(at(1, "b"));
    assertThat(history(log)).containsExactly("a", "b");
  }

  @Example
  void eventsOfALogWithoutPlacesStandAsTheyCame() {
    log.add(record("a"));
    log.add(record("b"));
    log.add(at(2, "c"));
    assertThat(history(log)).containsExactly("a", "b", "c");
    assertThat(log.foreign()).isEmpty();
  }

  @Example
  void aHiddenCommitGivesWayToTheOneThatDidItsWorkAgain() {
    log.add(at(0, "a"));
    log.add(at(1, "hidden"));
    log.add(at(2, "hidden too"));
    log.add(at(1, "b"));
    log.add(at(2, "c"));
    assertThat(history(log)).containsExactly("a", "b", "c");
  }

  @Example
  void aHiddenCommitThatIsTiedGivesWayToo() {
    log.add(next("a", false));
    byte[] before = tip;
    log.add(next("hidden", false));
    log.add(next("hidden too", false));
    tip = before;
    place = 1;
    log.add(next("b", false));
    log.add(next("c", false));
    assertThat(history(log)).containsExactly("a", "b", "c");
    assertThat(log.foreign()).isEmpty();
    assertThat(log.tip()).isEqualTo(tip);
  }

  @Example
  void aGapIsNotReplayed() {
    log.add(at(0, "a"));
    log.add(at(2, "c"));
    log.add(at(3, "d"));
    assertThatThrownBy(log::requireWhole)
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("registry-events at offset 1 is event 3")
        .hasMessageContaining("only 1 events stand before it")
        .hasMessageContaining("engram registry repair");
    log.add(at(1, "b"));
    log.requireWhole();
    assertThat(history(log)).containsExactly("a", "b");
  }

  @Example
  void aTiedGapIsNotReplayedButOneEventFarAheadIsForeign() {
    log.add(next("a", false));
    ConsumerRecord<byte[], byte[]> lost = next("b", false);
    log.add(at(1000, "far ahead"));
    log.requireWhole();
    log.add(next("c", false));
    log.requireWhole();
    log.add(next("d", false));
    assertThat(lost).isNotNull();
    assertThatThrownBy(log::requireWhole).isInstanceOf(KafkaException.class);
  }

  @Example
  void whatNoRegistryWroteIsPassedOverAndCounted() {
    log.add(next("a", false));
    log.add(raw(new byte[] {1, 2, 3}));
    log.add(new ConsumerRecord<>("registry-events", 0, offset++, new byte[0], null));
    log.add(record("without place"));
    log.add(at(0, "takes a place that is tied"));
    ConsumerRecord<byte[], byte[]> untied = at(1, "tied to nothing");
    untied.headers().add(LogRecord.BEFORE, new byte[32]);
    log.add(untied);
    ConsumerRecord<byte[], byte[]> odd = record("odd header");
    odd.headers().add(LogRecord.PLACE, new byte[3]);
    log.add(odd);
    log.add(
        at(
            1,
            new ModelEvent(
                "m", Instant.EPOCH, "x", "no such version", null, new Change.Pinned(7))));
    log.add(next("b", false));

    log.requireWhole();
    assertThat(history(log)).containsExactly("a", "b");
    assertThat(log.foreign()).hasSize(7);
  }

  @Example
  void withAKeyOnlyWhatIsSignedCounts() {
    checked.add(next("before there were keys", false));
    checked.add(next("a", true));
    ConsumerRecord<byte[], byte[]> first = next("b", true);
    checked.add(first);
    byte[] before = tip;
    checked.add(next("forged", false));
    tip = before;
    place--;
    checked.add(at(3, "forged and untied"));
    checked.add(first);
    checked.add(at(50, "forged far ahead"));
    checked.add(at(51, "forged far ahead"));
    checked.add(next("c", true));

    checked.requireWhole();
    assertThat(checked.sealed()).isTrue();
    assertThat(history(checked)).containsExactly("before there were keys", "a", "b", "c");
    assertThat(checked.foreign()).hasSize(5);
  }

  @Example
  void aSignedEventThatCameBeforeDoesNotUndoWhatFollowedIt() {
    ConsumerRecord<byte[], byte[]> first = next("a", true);
    byte[] before = tip;
    ConsumerRecord<byte[], byte[]> hidden = next("hidden", true);
    tip = before;
    place = 1;
    for (ConsumerRecord<byte[], byte[]> record :
        List.of(first, hidden, next("b", true), hidden, first)) {
      checked.add(record);
    }
    assertThat(history(checked)).containsExactly("a", "b");
  }

  @Property(tries = 1000)
  void anyBytesAreAnEventOrForeign(
      @ForAll @Size(max = 60) byte[] value, @ForAll @Size(max = 40) byte[] header, @ForAll int at) {
    EventLog fuzzed = new EventLog(TrustedKeys.of(KEY.publicKey()));
    byte[] damaged = EventCodec.encode(rejected("a"));
    damaged[10 + Math.floorMod(at, damaged.length - 10)] ^= (byte) (1 + (at & 0x7f));
    for (byte[] bytes : List.of(value, damaged)) {
      for (EventLog one : List.of(fuzzed, log)) {
        ConsumerRecord<byte[], byte[]> record = raw(bytes);
        for (String key :
            List.of(LogRecord.PLACE, LogRecord.BEFORE, SealHeaders.KEY, SealHeaders.SIGNATURE)) {
          if ((at & key.length()) != 0) {
            record.headers().add(key, header);
          }
        }
        one.add(record);
      }
    }
  }

  private static List<String> history(EventLog log) {
    return log.image().modelOrEmpty("m").chronicle().history().stream()
        .map(ModelEvent::reason)
        .toList();
  }

  /** As a registry of today writes it. */
  private ConsumerRecord<byte[], byte[]> next(String reason, boolean signed) {
    ConsumerRecord<byte[], byte[]> record = record(reason);
    LogRecord.write(record.headers(), place, tip);
    tip = Chain.hash(tip, place++, record.value());
    if (signed) {
      SealHeaders.write(record.headers(), KEY.seal(Sealed.EVENT, tip));
    }
    return record;
  }

  private ConsumerRecord<byte[], byte[]> record(String reason) {
    return raw(EventCodec.encode(rejected(reason)));
  }

  private ConsumerRecord<byte[], byte[]> raw(byte[] value) {
    return new ConsumerRecord<>("registry-events", 0, offset++, new byte[0], value);
  }

  private ConsumerRecord<byte[], byte[]> at(long at, String reason) {
    return at(at, rejected(reason));
  }

  private ConsumerRecord<byte[], byte[]> at(long at, ModelEvent event) {
    ConsumerRecord<byte[], byte[]> record = raw(EventCodec.encode(event));
    record.headers().add(LogRecord.place(at));
    return record;
  }

  private static ModelEvent rejected(String reason) {
    return new ModelEvent(
        "m", Instant.EPOCH, ModelEvent.REGISTRY, reason, null, new Change.Rejected(reason));
  }
}
