package io.engram.ingest.domain;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * How often the same key and value were rejected lately. It remembers digests of {@value #BUCKETS} × {@value #WAYS} records, in buckets by
 * digest; in a full bucket the one that was not seen for longest goes. What goes round in a circle larger than that, or is changed on its way,
 * is not recognised.
 */
public final class SameBytes {

  /** Where the buckets are kept; what is written there is what is read. */
  public interface Buckets {
    byte @Nullable [] get(int bucket);

    void put(int bucket, byte[] entries);
  }

  static final int BUCKETS = 2048;
  static final int WAYS = 8;
  private static final int ENTRY = Long.BYTES + Integer.BYTES;

  private final Buckets buckets;

  public SameBytes(Buckets buckets) {
    this.buckets = buckets;
  }

  /** Notes a record, and says how often it was seen, with this time. */
  public int seen(byte @Nullable [] key, byte @Nullable [] value) {
    long digest = digest(key, value);
    int bucket = (int) Math.floorMod(digest, (long) BUCKETS);
    byte[] stored = buckets.get(bucket);
    ByteBuffer before = ByteBuffer.wrap(stored == null ? new byte[0] : stored);
    ByteBuffer others = ByteBuffer.allocate(WAYS * ENTRY);
    int count = 1;
    while (before.remaining() >= ENTRY) {
      long other = before.getLong();
      int times = before.getInt();
      if (other == digest) {
        count = times == Integer.MAX_VALUE ? times : times + 1;
      } else if (others.position() < (WAYS - 1) * ENTRY) {
        others.putLong(other).putInt(times);
      }
    }
    others.flip();
    buckets.put(
        bucket,
        ByteBuffer.allocate(ENTRY + others.remaining())
            .putLong(digest)
            .putInt(count)
            .put(others)
            .array());
    return count;
  }

  private static long digest(byte @Nullable [] key, byte @Nullable [] value) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      int length = key == null ? -1 : key.length;
      sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
      if (key != null) {
        sha.update(key);
      }
      if (value != null) {
        sha.update((byte) 1);
        sha.update(value);
      }
      return ByteBuffer.wrap(sha.digest()).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
