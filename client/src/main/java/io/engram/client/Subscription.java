package io.engram.client;

import io.engram.model.UnreadableVersionException;
import io.engram.schemas.Assembly;
import io.engram.schemas.ModelAssembler;
import io.engram.schemas.ModelRecord;
import io.engram.schemas.Wire;
import io.engram.schemas.WireException;
import io.engram.schemas.avro.ModelManifest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one subscriber makes of the records of {@code model-updates}. While it catches up with what was there when it began, it only
 * keeps the newest whole version, and what looks broken is what a compaction has left over; from then on every version is an
 * update, and what is broken is refused aloud. For one thread.
 */
final class Subscription {

  /** What came of a record. */
  sealed interface Step {

    /** Another version is to be held. */
    record Updated(Model model) implements Step {}

    /** A version was refused. */
    record Refused(RefusedUpdate update) implements Step {}
  }

  private record Found(Assembly.Complete version, Instant publishedAt, long offset) {}

  private final String modelName;
  private final Clock clock;
  private final ModelAssembler assembler = new ModelAssembler();
  private boolean caughtUp;
  private @Nullable Found newest;

  Subscription(String modelName, Clock clock) {
    this.modelName = modelName;
    this.clock = clock;
  }

  /**
   * The next record of the log.
   *
   * @param bytes null for a tombstone
   * @param timestamp when it was written, in milliseconds
   */
  Optional<Step> accept(byte @Nullable [] bytes, long timestamp, long offset) {
    if (bytes == null) {
      return Optional.empty();
    }
    ModelRecord value;
    try {
      value = Wire.modelRecord(bytes);
    } catch (WireException e) {
      return refusedWhileLive(0, "", offset, String.valueOf(e.getMessage()));
    }
    if (!value.modelName().equals(modelName)) {
      return Optional.empty();
    }
    Assembly assembly = assembler.accept(value);
    if (assembly instanceof Assembly.Complete complete) {
      Found found = new Found(complete, Instant.ofEpochMilli(timestamp), offset);
      if (caughtUp) {
        return Optional.of(read(found));
      }
      newest = found;
    } else if (assembly instanceof Assembly.Dropped dropped) {
      return dropped.first()
          ? refusedWhileLive(0, dropped.candidateId(), offset, dropped.reason())
          : Optional.empty();
    } else if (assembly instanceof Assembly.Broken broken) {
      long version =
          value instanceof ModelRecord.Manifest manifest ? manifest.manifest().getVersion() : 0;
      return refusedWhileLive(version, broken.candidateId(), offset, broken.reason());
    }
    return Optional.empty();
  }

  /** All that was there at the beginning has been read. */
  Optional<Step> caughtUp() {
    caughtUp = true;
    Found found = newest;
    newest = null;
    return found == null ? Optional.empty() : Optional.of(read(found));
  }

  private Step read(Found found) {
    ModelManifest manifest = found.version().manifest();
    try {
      return new Step.Updated(Model.read(found.version(), found.publishedAt(), clock.instant()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // Whatever a version holds, the one before it stays.
      return refused(
          manifest.getVersion(),
          manifest.getCandidateId(),
          found.offset(),
          e instanceof UnreadableVersionException ? String.valueOf(e.getMessage()) : e.toString());
    }
  }

  private Optional<Step> refusedWhileLive(
      long version, String candidateId, long offset, String reason) {
    return caughtUp ? Optional.of(refused(version, candidateId, offset, reason)) : Optional.empty();
  }

  private Step refused(long version, String candidateId, long offset, String reason) {
    return new Step.Refused(
        new RefusedUpdate(modelName, version, candidateId, offset, reason, clock.instant()));
  }
}
