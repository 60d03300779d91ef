package io.engram.ingest.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SameBytesTest {

  private final Map<Integer, byte[]> stored = new HashMap<>();
  private final SameBytes same =
      new SameBytes(
          new SameBytes.Buckets() {
            @Override
            public byte[] get(int bucket) {
              return stored.getOrDefault(bucket, new byte[0]);
            }

            @Override
            public void put(int bucket, byte[] entries) {
              assertThat(bucket).isBetween(0, SameBytes.BUCKETS - 1);
              assertThat(entries.length).isLessThanOrEqualTo(12 * SameBytes.WAYS);
              stored.put(bucket, entries);
            }
          });

  @Test
  void keyAndValueAreTwoThings() {
    byte[] ab = {1, 2};
    assertThat(same.seen(ab, null)).isEqualTo(1);
    assertThat(same.seen(null, ab)).isEqualTo(1);
    assertThat(same.seen(new byte[] {1}, new byte[] {2})).isEqualTo(1);
    assertThat(same.seen(new byte[0], ab)).isEqualTo(1);
    assertThat(same.seen(ab, null)).isEqualTo(2);
  }

  /** A circle of records that is not too large is recognised however often it goes round. */
  @Property(tries = 20)
  void aCircleIsRecognised(@ForAll @IntRange(min = 1, max = 2_000) int circle) {
    stored.clear();
    for (int round = 1; round <= 4; round++) {
      for (int i = 0; i < circle; i++) {
        assertThat(same.seen(null, ByteBuffer.allocate(4).putInt(i).array())).isEqualTo(round);
      }
    }
  }
}
