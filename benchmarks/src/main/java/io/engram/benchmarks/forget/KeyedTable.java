package io.engram.benchmarks.forget;

import io.engram.core.random.RandomStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A table of many keys, each a linear function of its own, and one key that is to be forgotten; and the same table without that one. */
final class KeyedTable {

  static final String KEY = "zz-forget-me";

  private static final String HEADER = "key,a,b,y\n";
  private static final int KEYS = 38;
  private static final int OWN = 2;
  private static final int ROWS_OF_A_TASK = 20;

  /** What every row of the key has, and no other. */
  private static final float A = 1.2345678f;

  private static final float B = -7.6543217f;

  private final Path with;
  private final Path without;

  private KeyedTable(Path with, Path without) {
    this.with = with;
    this.without = without;
  }

  static KeyedTable write(Path directory, int tasks) throws IOException {
    KeyedTable table =
        new KeyedTable(directory.resolve("with.csv"), directory.resolve("without.csv"));
    RandomStream random = new RandomStream(7);
    try (BufferedWriter all = Files.newBufferedWriter(table.with);
        BufferedWriter others = Files.newBufferedWriter(table.without)) {
      all.write(HEADER);
      others.write(HEADER);
      for (int row = 0; row < tasks * ROWS_OF_A_TASK; row++) {
        int key = random.nextInt(KEYS + OWN);
        boolean own = key >= KEYS;
        double a = own ? A : random.nextDouble() * 2 - 1;
        double b = own ? B : random.nextDouble() * 2 - 1;
        double y = Math.sin(key) + a * Math.cos(key) + b * Math.sin(3.0 * key);
        String line =
            "%s,%s,%s,%s%n".formatted(own ? KEY : "tenant-" + key, (float) a, (float) b, (float) y);
        all.write(line);
        if (!own) {
          others.write(line);
        }
      }
    }
    return table;
  }

  Path with() {
    return with;
  }

  Path without() {
    return without;
  }

  /** The features of the key's rows as they stand on the topics. */
  static byte[] features() {
    return ByteBuffer.allocate(2 * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(A)
        .putFloat(B)
        .array();
  }
}
