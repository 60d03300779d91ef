package io.engram.ingest.kafka.forget;

import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** What the records of a topic come to, partition by partition in their order: how many, and a checksum of keys and values. For one thread. */
final class Sum {

  private static final int ABSENT = -1;

  private final Map<Integer, CRC32C> checksums = new TreeMap<>();
  private final Map<Integer, Long> counts = new TreeMap<>();

  void add(int partition, byte @Nullable [] key, byte @Nullable [] value) {
    CRC32C checksum = checksums.computeIfAbsent(partition, p -> new CRC32C());
    add(checksum, key);
    add(checksum, value);
    counts.merge(partition, 1L, Long::sum);
  }

  private static void add(CRC32C checksum, byte @Nullable [] bytes) {
    int length = bytes == null ? ABSENT : bytes.length;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      checksum.update(length >> shift);
    }
    if (bytes != null) {
      checksum.update(bytes, 0, bytes.length);
    }
  }

  /** Records by partition with their checksums, for comparison and for people. */
  @Override
  public String toString() {
    Map<Integer, String> words = new TreeMap<>();
    counts.forEach(
        (partition, count) -> {
          CRC32C checksum = checksums.get(partition);
          words.put(
              partition,
              "%d records, checksum %08x"
                  .formatted(count, checksum == null ? 0 : checksum.getValue()));
        });
    return words.toString();
  }

  /** Whether both come to the same. */
  boolean same(Sum other) {
    return toString().equals(other.toString());
  }
}
