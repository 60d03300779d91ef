package io.engram.ingest.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BufferedExampleTest {

  private static final byte[] VALUE = {1, 2};
  private static final List<RecordHeader> HEADERS = List.of(new RecordHeader("trace", VALUE));

  @Test
  void ofTheUsualKindNothingIsAdded() {
    BufferedExample kept = BufferedExample.of(record("user".getBytes(UTF_8), ""), VALUE, "user");
    assertThat(kept.headers()).isEqualTo(HEADERS);
    assertThat(kept.topic()).isEmpty();
  }

  @Test
  void aRecordComesBackWithItsOwnKeyAndTopic() {
    for (String topic : List.of("", "shop.orders")) {
      for (byte[] key : new byte[][] {null, {}, {(byte) 0xff}, "user".getBytes(UTF_8)}) {
        InputRecord came = record(key, topic);
        InputRecord back = BufferedExample.of(came, VALUE, "user").cameAs("user");
        assertThat(back).usingRecursiveComparison().isEqualTo(came);
      }
    }
  }

  private static InputRecord record(byte @Nullable [] key, String topic) {
    return new InputRecord(key, VALUE, HEADERS, 7, 1_000, topic);
  }
}
