package io.engram.client;

import io.engram.client.kafka.UpdateRecord;
import io.engram.model.UnreadableVersionException;
import io.engram.schemas.Assembly;
import io.engram.schemas.ModelAssembler;
import io.engram.schemas.ModelRecord;
import io.engram.schemas.TraceContext;
import io.engram.schemas.Wire;
import io.engram.schemas.WireException;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.kafka.SealHeaders;
import io.engram.schemas.signing.Sealed;
import io.engram.schemas.signing.TrustedKeys;
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

  private record Found(
      Assembly.Complete version, Instant publishedAt, long offset, Optional<TraceContext> trace) {}

  private final String modelName;
  private final TrustedKeys trusted;
  private final Clock clock;
  private final ModelAssembler assembler = new ModelAssembler();
  private boolean caughtUp;
  private @Nullable Found newest;
  private long publication = -1;

  /**
   * @param trusted keys that versions must be signed by; none: by nobody
   */
  Subscription(String modelName, TrustedKeys trusted, Clock clock) {
    this.modelName = modelName;
    this.trusted = trusted;
    this.clock = clock;
  }

  /** The next record of the log. */
  Optional<Step> accept(UpdateRecord record) {
    byte[] bytes = record.value();
    if (bytes == null) {
      return Optional.empty();
    }
    ModelRecord value;
    try {
      value = Wire.modelRecord(bytes);
    } catch (WireException e) {
      return refusedWhileLive(0, "", record.offset(), String.valueOf(e.getMessage()));
    }
    if (!value.modelName().equals(modelName)) {
      return Optional.empty();
    }
    Assembly assembly = assembler.accept(value);
    if (value instanceof ModelRecord.Manifest manifest && !trusted.isEmpty()) {
      Optional<String> doubt = doubt(record, bytes);
      if (doubt.isPresent()) {
        return Optional.of(
            refused(
                manifest.manifest().getVersion(),
                manifest.candidateId(),
                record.offset(),
                doubt.get()));
      }
    }
    return accept(record, value, assembly);
  }

  /** Why nobody who is trusted says so now, if that is so. */
  private Optional<String> doubt(UpdateRecord record, byte[] bytes) {
    if (record.publication().isEmpty()
        || !trusted.verify(
            Sealed.UPDATE,
            record.seal(),
            SealHeaders.number(record.publication().getAsLong()),
            bytes)) {
      return Optional.of(trusted.problem(record.seal()));
    }
    long number = record.publication().getAsLong();
    return number < publication
        ? Optional.of(
            "it is publication %d, and %d has come: somebody wrote it once more"
                .formatted(number, publication))
        : Optional.empty();
  }

  private Optional<Step> accept(UpdateRecord record, ModelRecord value, Assembly assembly) {
    if (assembly instanceof Assembly.Complete complete) {
      publication = Math.max(publication, record.publication().orElse(publication));
      Found found =
          new Found(
              complete, Instant.ofEpochMilli(record.timestamp()), record.offset(), record.trace());
      if (caughtUp) {
        return Optional.of(read(found));
      }
      newest = found;
    } else if (assembly instanceof Assembly.Dropped dropped) {
      return dropped.first()
          ? refusedWhileLive(0, dropped.candidateId(), record.offset(), dropped.reason())
          : Optional.empty();
    } else if (assembly instanceof Assembly.Broken broken) {
      long version =
          value instanceof ModelRecord.Manifest manifest ? manifest.manifest().getVersion() : 0;
      return refusedWhileLive(version, broken.candidateId(), record.offset(), broken.reason());
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
      return new Step.Updated(
          Model.read(found.version(), found.publishedAt(), clock.instant()).of(found.trace()));
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
