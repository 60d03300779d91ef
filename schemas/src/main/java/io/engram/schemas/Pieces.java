package io.engram.schemas;

import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The chunks of one unfinished version. */
final class Pieces {

  private final int count;
  private final String sha256;
  private final Map<Integer, ByteBuffer> byIndex = new TreeMap<>();
  private long bytes;

  /** None yet; what the first one says of the whole holds for all. */
  Pieces(ModelChunk first) {
    this.count = first.getCount();
    this.sha256 = first.getSha256();
  }

  int count() {
    return count;
  }

  String sha256() {
    return sha256;
  }

  int received() {
    return byIndex.size();
  }

  /** Of all that came. */
  long bytes() {
    return bytes;
  }

  /** Whether a chunk speaks of the same whole. */
  boolean fits(ModelChunk chunk) {
    return count == chunk.getCount() && sha256.equals(chunk.getSha256());
  }

  /** By how many bytes a chunk would make this larger. */
  long growth(ModelChunk chunk) {
    ByteBuffer before = byIndex.get(chunk.getIndex());
    return chunk.getData().remaining() - (before == null ? 0L : before.remaining());
  }

  /** Takes a chunk, in the place of one that came before. */
  void put(ModelChunk chunk) {
    bytes += growth(chunk);
    byIndex.put(chunk.getIndex(), chunk.getData());
  }

  /** What a manifest says of them that is not so. */
  Optional<String> contradiction(ModelManifest manifest) {
    if (count != manifest.getChunkCount() || !sha256.equals(manifest.getSha256())) {
      return Optional.of(
          "its chunks say %d chunks of sha256 %s, its manifest %d of %s"
              .formatted(count, sha256, manifest.getChunkCount(), manifest.getSha256()));
    }
    if (byIndex.size() != count) {
      return Optional.of("%d of %d chunks came before its manifest".formatted(received(), count));
    }
    if (bytes != manifest.getByteLength() || bytes > Integer.MAX_VALUE - 8) {
      return Optional.of(
          "its chunks hold %d bytes, its manifest says %d"
              .formatted(bytes, manifest.getByteLength()));
    }
    return Optional.empty();
  }

  /** All bytes, fresh. */
  byte[] join() {
    ByteBuffer joined = ByteBuffer.allocate((int) bytes);
    byIndex.values().forEach(data -> joined.put(data.duplicate()));
    return joined.array();
  }
}
