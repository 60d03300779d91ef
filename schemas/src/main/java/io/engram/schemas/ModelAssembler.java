package io.engram.schemas;

import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts versions together again from the records of {@code model-candidates} or {@code model-updates}, fed in the order of
 * the log. Chunks may come twice and in any order; their manifest ends the version. Nothing throws for what stands in
 * a record: what is incomplete, contradictory or corrupt comes back as {@link Assembly.Broken}.
 *
 * <p>Bounded: chunks of at most {@value #OPEN_CANDIDATES} unfinished candidates are kept, the oldest go first (left behind by
 * a compaction or by a writer that never finished). For one thread.
 */
public final class ModelAssembler {

  static final int OPEN_CANDIDATES = 4;

  private record Candidate(String modelName, String candidateId) {}

  private record Pieces(int count, String sha256, Map<Integer, ByteBuffer> byIndex) {}

  private final Map<Candidate, Pieces> open = new LinkedHashMap<>();

  /** Takes the next record of the log. */
  public Assembly accept(ModelRecord record) {
    if (record instanceof ModelRecord.Chunk chunk) {
      return acceptChunk(chunk.chunk());
    }
    return acceptManifest(((ModelRecord.Manifest) record).manifest());
  }

  private Assembly acceptChunk(ModelChunk chunk) {
    Candidate candidate = new Candidate(chunk.getModelName(), chunk.getCandidateId());
    int index = chunk.getIndex();
    if (index < 0 || index >= chunk.getCount()) {
      return broken(
          candidate,
          "chunk index %d found, expected 0 to %d".formatted(index, chunk.getCount() - 1));
    }
    Pieces pieces =
        open.computeIfAbsent(
            candidate, c -> new Pieces(chunk.getCount(), chunk.getSha256(), new TreeMap<>()));
    if (pieces.count() != chunk.getCount() || !pieces.sha256().equals(chunk.getSha256())) {
      open.remove(candidate);
      return broken(
          candidate,
          "chunk %d says %d chunks of sha256 %s, the chunks before it %d of %s"
              .formatted(
                  index, chunk.getCount(), chunk.getSha256(), pieces.count(), pieces.sha256()));
    }
    pieces.byIndex().put(index, chunk.getData());
    forgetOldest();
    return new Assembly.Partial(
        candidate.modelName(), candidate.candidateId(), pieces.byIndex().size(), pieces.count());
  }

  private Assembly acceptManifest(ModelManifest manifest) {
    Candidate candidate = new Candidate(manifest.getModelName(), manifest.getCandidateId());
    Pieces pieces = open.remove(candidate);
    if (pieces == null) {
      return broken(
          candidate,
          "its manifest came without chunks before it, expected " + manifest.getChunkCount());
    }
    Optional<String> contradiction = contradiction(manifest, pieces);
    if (contradiction.isPresent()) {
      return broken(candidate, contradiction.get());
    }
    byte[] parameters = join(pieces, (int) manifest.getByteLength());
    String sha256 = ModelChunks.sha256(parameters);
    return sha256.equals(manifest.getSha256())
        ? new Assembly.Complete(manifest, parameters)
        : broken(
            candidate,
            "the parameter bytes are corrupt: sha256 %s found, %s expected"
                .formatted(sha256, manifest.getSha256()));
  }

  private static Optional<String> contradiction(ModelManifest manifest, Pieces pieces) {
    if (pieces.count() != manifest.getChunkCount()
        || !pieces.sha256().equals(manifest.getSha256())) {
      return Optional.of(
          "its chunks say %d chunks of sha256 %s, its manifest %d of %s"
              .formatted(
                  pieces.count(), pieces.sha256(), manifest.getChunkCount(), manifest.getSha256()));
    }
    if (pieces.byIndex().size() != pieces.count()) {
      return Optional.of(
          "%d of %d chunks came before its manifest"
              .formatted(pieces.byIndex().size(), pieces.count()));
    }
    long bytes = pieces.byIndex().values().stream().mapToLong(ByteBuffer::remaining).sum();
    if (bytes != manifest.getByteLength() || bytes > Integer.MAX_VALUE - 8) {
      return Optional.of(
          "its chunks hold %d bytes, its manifest says %d"
              .formatted(bytes, manifest.getByteLength()));
    }
    return Optional.empty();
  }

  private static byte[] join(Pieces pieces, int length) {
    ByteBuffer joined = ByteBuffer.allocate(length);
    pieces.byIndex().values().forEach(data -> joined.put(data.duplicate()));
    return joined.array();
  }

  private void forgetOldest() {
    if (open.size() > OPEN_CANDIDATES) {
      open.remove(open.keySet().iterator().next());
    }
  }

  private static Assembly broken(Candidate candidate, String reason) {
    return new Assembly.Broken(candidate.modelName(), candidate.candidateId(), reason);
  }
}
