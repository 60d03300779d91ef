package io.engram.ingest.format.mapping;

import java.nio.charset.StandardCharsets;

/**
 * A category of very many: of {@code width} numbers the one that its hash (32-bit FNV-1a of its UTF-8, well mixed) picks is 1.
 *
 * @param width at least 2
 */
record HashedColumn(int width) implements Column {

  @Override
  public void add(String what, Object node, FloatSink sink) {
    int one = Integer.remainderUnsigned(hash(Texts.of(what, node)), width);
    for (int i = 0; i < width; i++) {
      sink.add(i == one ? 1 : 0);
    }
  }

  private static int hash(String text) {
    int hash = 0x811c9dc5;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x01000193;
    }
    hash ^= hash >>> 16;
    hash *= 0x85ebca6b;
    hash ^= hash >>> 13;
    hash *= 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }
}
