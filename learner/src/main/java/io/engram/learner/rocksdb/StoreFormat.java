package io.engram.learner.rocksdb;

import io.engram.core.lifelong.LifelongSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a store says about itself, so that no other program or configuration misreads it. */
final class StoreFormat {

  /** Raised with every change of what the bytes mean. 2: the memory's index knows the sizes of tasks, and may skip slots. */
  static final int VERSION = 2;

  private StoreFormat() {}

  /** Refuses what a newer program wrote. */
  static void requireReadable(Path directory, int version) {
    if (version > VERSION) {
      throw new StoreException(
          directory,
          "it has format %d, this program reads up to %d".formatted(version, VERSION),
          "use the program that wrote it or a newer one, or restore a backup from before the upgrade");
    }
  }

  /** The settings that decide what the stored arrays mean; the others may change between two starts. */
  static byte[] identity(LifelongSettings settings) {
    return "network=%s labels=%s standardise=%s learned-steps=%s inner-steps=%s seed=%d zero-head=%s memory=%s"
        .formatted(
            settings.network(),
            settings.labelSpace(),
            settings.standardise(),
            settings.meta().learned(),
            settings.meta().inner().steps(),
            settings.seed(),
            settings.zeroHead(),
            settings.retention())
        .getBytes(StandardCharsets.UTF_8);
  }
}
