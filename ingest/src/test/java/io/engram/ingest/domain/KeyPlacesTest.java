package io.engram.ingest.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class KeyPlacesTest {

  private final KeyPlaces places = new KeyPlaces();

  @Test
  void aKeyInTwoPartitionsIsNoticed() {
    assertThat(places.note(key(1), 0)).isEmpty();
    assertThat(places.note(key(2), 1)).isEmpty();
    assertThat(places.note(key(1), 0)).isEmpty();
    assertThat(places.note(key(1), 3)).hasValue(0);
    assertThat(places.strayed()).isEqualTo(1);
  }

  @Test
  void keysThatWereNotSeenForLongAreForgotten() {
    for (int i = 0; i < 20_000; i++) {
      assertThat(places.note(key(i), 0)).isEmpty();
    }
    assertThat(places.note(key(0), 1)).isEmpty();
    assertThat(places.note(key(19_999), 1)).hasValue(0);
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }
}
