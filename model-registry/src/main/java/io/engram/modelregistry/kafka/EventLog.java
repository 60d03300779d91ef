package io.engram.modelregistry.kafka;

import io.engram.modelregistry.image.BrokenHistoryException;
import io.engram.modelregistry.image.RegistryImage;
import io.engram.schemas.WireException;
import io.engram.schemas.signing.Sealed;
import io.engram.schemas.signing.TrustedKeys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of a log as they are read, each in the place that its writer gave it, tied to the one before. What no registry wrote is
 * foreign: it is passed over, and counted. Of two events in one place the later one holds, and what followed the earlier one falls.
 *
 * <p>Two writers claim one place where a cluster lost the markers of a commit: its events stay hidden, a restarted registry does not see
 * them, decides again, and its own commit makes both visible. Nobody has acted on the hidden ones.
 *
 * <p>Logs of old have events without place or tie: they are read as they come, until the first one that has them. Where keys are
 * trusted, the first good signature ends the time of events without one, or with one of a key that is not known: of a registry that lost
 * its keys, or of one that does not sign any more.
 */
final class EventLog {

  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

  /** A hidden commit is one transaction of a few events. */
  private static final int MOST_SUPERSEDED = 64;

  private final TrustedKeys trusted;
  private final List<Standing> standing = new ArrayList<>();
  private final Set<ByteBuffer> seen = new HashSet<>();
  private final List<Foreign> foreign = new ArrayList<>();
  private final Gap gap = new Gap();
  private long tiedFrom = Long.MAX_VALUE;
  private boolean placed;
  private boolean sealed;
  private int unknownSeals;

  /** An event in its place, and what all events up to it say. */
  @SuppressWarnings("ArrayRecordComponent") // a hash, compared by its bytes
  private record Standing(byte[] hash, RegistryImage image) {}

  /** A record that no registry wrote, or that cannot stand where it is. */
  record Foreign(long offset, String reason) {}

  /**
   * @param trusted keys that signed the registry's events; none: signatures are not looked at
   */
  EventLog(TrustedKeys trusted) {
    this.trusted = trusted;
  }

  /** Takes the next record of the log. */
  void add(ConsumerRecord<byte[], byte[]> record) {
    Optional<String> problem;
    try {
      problem = add(LogRecord.read(record));
    } catch (WireException e) {
      problem = Optional.of(String.valueOf(e.getMessage()));
    }
    problem.ifPresent(why -> foreign.add(new Foreign(record.offset(), why)));
  }

  private Optional<String> add(LogRecord record) {
    if (record.place() < 0 && placed) {
      return Optional.of("it does not say which place it has, and those before it do");
    }
    long place = record.place() < 0 ? standing.size() : record.place();
    byte[] before = record.before();
    unknownSeals += record.seal() != null && !trusted.knows(record.seal()) ? 1 : 0;
    boolean signed = false;
    if (!trusted.isEmpty()) {
      signed =
          before != null
              && trusted.verify(
                  Sealed.EVENT, record.seal(), Chain.hash(before, place, record.value()));
      if (!signed && (sealed || trusted.knows(record.seal()))) {
        return Optional.of(trusted.problem(record.seal()));
      }
    }
    if (place > standing.size()) {
      gap.add(record, place, signed);
      return Optional.of(
          "it is event %d, but only %d events stand before it"
              .formatted(place + 1, standing.size()));
    }
    return stand(record, place, signed);
  }

  private Optional<String> stand(LogRecord record, long place, boolean signed) {
    byte[] before = place == 0 ? Chain.beginning() : standing.get((int) place - 1).hash();
    byte[] named = record.before();
    if (named != null && !Arrays.equals(named, before)) {
      return Optional.of("it does not follow on event %d".formatted(place));
    }
    byte[] hash = Chain.hash(before, place, record.value());
    if (seen.contains(ByteBuffer.wrap(hash))) {
      return Optional.of("it has come before");
    }
    if (named == null && tied() && place < standing.size()) {
      return Optional.of("it would take the place of an event that is tied to the one before it");
    }
    RegistryImage image = place == 0 ? RegistryImage.EMPTY : standing.get((int) place - 1).image();
    try {
      image = image.apply(record.event());
    } catch (BrokenHistoryException e) {
      if (signed) {
        throw e;
      }
      return Optional.of(String.valueOf(e.getMessage()));
    }
    List<Standing> superseded = standing.subList((int) place, standing.size());
    if (!signed && superseded.size() > MOST_SUPERSEDED) {
      return Optional.of("it would take the place of %d events".formatted(superseded.size()));
    }
    if (!superseded.isEmpty()) {
      LOG.warn(
          "registry-events at offset {} takes the place of {} events whose commit nobody saw",
          record.offset(),
          superseded.size());
      superseded.clear();
    }
    standing.add(new Standing(hash, image));
    seen.add(ByteBuffer.wrap(hash));
    placed |= record.place() >= 0;
    tiedFrom = named == null ? tiedFrom : Math.min(tiedFrom, place);
    sealed |= signed;
    gap.close();
    return Optional.empty();
  }

  private boolean tied() {
    return tiedFrom < standing.size();
  }

  /** What the events say. */
  RegistryImage image() {
    return standing.isEmpty() ? RegistryImage.EMPTY : standing.get(standing.size() - 1).image();
  }

  /** The hash of the last event. */
  byte[] tip() {
    return standing.isEmpty() ? Chain.beginning() : standing.get(standing.size() - 1).hash();
  }

  /** What was passed over. */
  List<Foreign> foreign() {
    return List.copyOf(foreign);
  }

  /** Whether the last events are signed, so that events without a signature are foreign from now on. */
  boolean sealed() {
    return sealed;
  }

  /** How many records have a signature by a key that is not known. */
  int unknownSeals() {
    return unknownSeals;
  }

  /** What is missing of the log's end, if events of the registry stand behind a gap. */
  Optional<String> missing() {
    return gap.problem(standing.size(), !trusted.isEmpty());
  }

  /**
   * Says no to a log of which a part is missing.
   *
   * @throws KafkaException if events of the registry stand behind a gap
   */
  void requireWhole() {
    missing()
        .ifPresent(
            problem -> {
              throw new KafkaException(
                  problem
                      + "; a log that has lost records cannot be replayed: restore the topic, or go on without them with 'engram registry repair --write'");
            });
  }
}
