package io.engram.schemas;

import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import java.util.Optional;

/**
 * Puts versions together again from the records of {@code model-candidates} or {@code model-updates}, fed in the order of
 * the log. Chunks may come twice and in any order; their manifest ends the version. Nothing throws for what stands in
 * a record: what is incomplete, contradictory or corrupt comes back as {@link Assembly.Broken}, what is beyond the limits as {@link
 * Assembly.Dropped}.
 *
 * <p>Bounded by {@link AssemblyLimits}, before anything is kept. Where there are too many unfinished versions, those go whose last chunk
 * came longest ago (left behind by a compaction, by a writer that never finished, or by one that never means to). For one thread.
 */
public final class ModelAssembler {

  private static final int LONGEST_NAME = 300;
  private static final int SHA256_LENGTH = 64;

  private final AssemblyLimits limits;
  private final OpenVersions open;

  /** Within the default limits. */
  public ModelAssembler() {
    this(AssemblyLimits.DEFAULT);
  }

  public ModelAssembler(AssemblyLimits limits) {
    this.limits = limits;
    this.open = new OpenVersions(limits);
  }

  /** Takes the next record of the log. */
  public Assembly accept(ModelRecord record) {
    OpenVersions.Id id = new OpenVersions.Id(record.modelName(), record.candidateId());
    if (id.modelName().length() > LONGEST_NAME || id.candidateId().length() > LONGEST_NAME) {
      return new Assembly.Dropped(
          shortened(id.modelName()),
          shortened(id.candidateId()),
          "a name of at most %d characters expected, found %d and %d"
              .formatted(LONGEST_NAME, id.modelName().length(), id.candidateId().length()),
          true);
    }
    if (record instanceof ModelRecord.Chunk chunk) {
      return acceptChunk(id, chunk.chunk());
    }
    return acceptManifest(id, ((ModelRecord.Manifest) record).manifest());
  }

  /** Whether chunks of a version are kept that has not ended. */
  public boolean isOpen(String modelName, String candidateId) {
    return open.contains(new OpenVersions.Id(modelName, candidateId));
  }

  /** Bytes of unfinished versions that are kept. */
  long bytesKept() {
    return open.bytes();
  }

  private Assembly acceptChunk(OpenVersions.Id id, ModelChunk chunk) {
    int index = chunk.getIndex();
    if (index < 0 || index >= chunk.getCount()) {
      return broken(
          id, "chunk index %d found, expected 0 to %d".formatted(index, chunk.getCount() - 1));
    }
    Optional<String> beyond = beyond(chunk);
    if (beyond.isPresent()) {
      return open.refuse(id, beyond.get());
    }
    if (open.refused(id)) {
      return open.refuse(id, "a chunk of it was beyond the limits");
    }
    Pieces pieces = open.of(id, chunk);
    if (!pieces.fits(chunk)) {
      open.remove(id);
      return broken(
          id,
          "chunk %d says %d chunks of sha256 %s, the chunks before it %d of %s"
              .formatted(
                  index, chunk.getCount(), chunk.getSha256(), pieces.count(), pieces.sha256()));
    }
    if (!open.put(id, pieces, chunk)) {
      return open.refuse(
          id, "its chunks hold more than %d bytes together".formatted(limits.totalBytes()));
    }
    return new Assembly.Partial(
        id.modelName(), id.candidateId(), pieces.received(), pieces.count());
  }

  private Optional<String> beyond(ModelChunk chunk) {
    if (chunk.getSha256().length() != SHA256_LENGTH) {
      return Optional.of(
          "a checksum of %d characters expected, found %d"
              .formatted(SHA256_LENGTH, chunk.getSha256().length()));
    }
    int bytes = chunk.getData().remaining();
    if (bytes > limits.chunkBytes()) {
      return Optional.of(
          "a chunk holds %d bytes, at most %d are taken".formatted(bytes, limits.chunkBytes()));
    }
    if (chunk.getCount() > limits.chunks()) {
      return Optional.of(
          "it is %d chunks, at most %d are taken".formatted(chunk.getCount(), limits.chunks()));
    }
    return Optional.empty();
  }

  private Assembly acceptManifest(OpenVersions.Id id, ModelManifest manifest) {
    Pieces pieces = open.remove(id);
    if (pieces == null) {
      return broken(
          id,
          open.forgive(id)
              ? "its chunks were beyond the limits and are not kept"
              : "its manifest came without chunks before it, expected " + manifest.getChunkCount());
    }
    Optional<String> contradiction = pieces.contradiction(manifest);
    if (contradiction.isPresent()) {
      return broken(id, contradiction.get());
    }
    byte[] parameters = pieces.join();
    String sha256 = ModelChunks.sha256(parameters);
    return sha256.equals(manifest.getSha256())
        ? new Assembly.Complete(manifest, parameters)
        : broken(
            id,
            "the parameter bytes are corrupt: sha256 %s found, %s expected"
                .formatted(sha256, manifest.getSha256()));
  }

  private static Assembly broken(OpenVersions.Id id, String reason) {
    return new Assembly.Broken(id.modelName(), id.candidateId(), reason);
  }

  private static String shortened(String name) {
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
  }
}
