package io.engram.modelregistry.kafka;

import io.engram.modelregistry.image.CandidatePosition;
import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.schemas.Wire;
import io.engram.schemas.WireException;
import io.engram.schemas.avro.AliasRemoved;
import io.engram.schemas.avro.AliasSet;
import io.engram.schemas.avro.CandidateRejected;
import io.engram.schemas.avro.ParametersDropped;
import io.engram.schemas.avro.PartitionOffset;
import io.engram.schemas.avro.Pinned;
import io.engram.schemas.avro.Promoted;
import io.engram.schemas.avro.PromotionRefused;
import io.engram.schemas.avro.RegistryEvent;
import io.engram.schemas.avro.RolledBack;
import io.engram.schemas.avro.Tagged;
import io.engram.schemas.avro.Unpinned;
import io.engram.schemas.avro.Untagged;
import io.engram.schemas.avro.VersionRegistered;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Events as values of {@code registry-events}, and back. Instants keep their milliseconds. */
final class EventCodec {

  private EventCodec() {}

  static byte[] encode(ModelEvent event) {
    CandidatePosition read = event.read();
    return Wire.registryEvent()
        .encode(
            new RegistryEvent(
                event.model(),
                event.at().truncatedTo(ChronoUnit.MILLIS),
                event.actor(),
                event.reason(),
                read == null ? null : new PartitionOffset(read.partition(), read.offset()),
                toWire(event.change())));
  }

  /**
   * Reads an event.
   *
   * @throws WireException if the bytes are none
   */
  static ModelEvent decode(byte @Nullable [] bytes) {
    RegistryEvent event = Wire.registryEvent().decode(bytes);
    PartitionOffset read = event.getCandidatesRead();
    return new ModelEvent(
        event.getModelName(),
        event.getAt(),
        event.getActor(),
        event.getReason(),
        read == null ? null : new CandidatePosition(read.getPartition(), read.getOffset()),
        fromWire(event.getChange()));
  }

  private static Object toWire(Change change) {
    if (change instanceof Change.Registered c) {
      return new VersionRegistered(c.version(), c.manifest());
    } else if (change instanceof Change.Rejected c) {
      return new CandidateRejected(c.candidateId());
    } else if (change instanceof Change.Promoted c) {
      return new Promoted(c.version(), boxed(c.previous()), c.numbers());
    } else if (change instanceof Change.Refused c) {
      return new PromotionRefused(c.version(), boxed(c.champion()), c.rule(), c.numbers());
    } else if (change instanceof Change.RolledBack c) {
      return new RolledBack(c.from(), c.to());
    } else if (change instanceof Change.AliasSet c) {
      return new AliasSet(c.alias(), c.version());
    } else if (change instanceof Change.AliasRemoved c) {
      return new AliasRemoved(c.alias());
    } else if (change instanceof Change.Pinned c) {
      return new Pinned(c.version());
    } else if (change instanceof Change.Unpinned c) {
      return new Unpinned(c.version());
    } else if (change instanceof Change.Tagged c) {
      return new Tagged(c.version(), c.tag(), c.value());
    } else if (change instanceof Change.Untagged c) {
      return new Untagged(c.version(), c.tag());
    }
    return new ParametersDropped(((Change.ParametersDropped) change).versions());
  }

  private static Change fromWire(Object change) {
    if (change instanceof VersionRegistered c) {
      return new Change.Registered(c.getVersion(), c.getManifest());
    } else if (change instanceof CandidateRejected c) {
      return new Change.Rejected(c.getCandidateId());
    } else if (change instanceof Promoted c) {
      return new Change.Promoted(c.getVersion(), optional(c.getPrevious()), c.getNumbers());
    } else if (change instanceof PromotionRefused c) {
      return new Change.Refused(
          c.getVersion(), optional(c.getChampion()), c.getRule(), c.getNumbers());
    } else if (change instanceof RolledBack c) {
      return new Change.RolledBack(c.getFrom(), c.getTo());
    } else if (change instanceof AliasSet c) {
      return new Change.AliasSet(c.getAlias(), c.getVersion());
    } else if (change instanceof AliasRemoved c) {
      return new Change.AliasRemoved(c.getAlias());
    } else if (change instanceof Pinned c) {
      return new Change.Pinned(c.getVersion());
    } else if (change instanceof Unpinned c) {
      return new Change.Unpinned(c.getVersion());
    } else if (change instanceof Tagged c) {
      return new Change.Tagged(c.getVersion(), c.getTag(), c.getValue());
    } else if (change instanceof Untagged c) {
      return new Change.Untagged(c.getVersion(), c.getTag());
    } else if (change instanceof ParametersDropped c) {
      return new Change.ParametersDropped(c.getVersions());
    }
    throw new WireException("found a change of " + change.getClass() + ", expected one it knows");
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static OptionalLong optional(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
