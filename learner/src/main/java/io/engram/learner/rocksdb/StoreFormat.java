package io.engram.learner.rocksdb;

import io.engram.core.baseline.Mixture;
import io.engram.core.learning.DrawBy;
import io.engram.core.learning.LifelongSettings;
import io.engram.core.learning.StreamSettings;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TaskSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a store says about itself, so that no other program or configuration misreads it. */
final class StoreFormat {

  /**
   * Raised with every change of what the bytes mean. 2: the memory's index knows the sizes of tasks, and may skip slots. 3: a continual
   * learner's, with {@link StreamRecords}. 4: of a continual learner, with {@link HeldOutRecords} and {@link
   * ExaminationRecords}. 5: of a learner of tables. 6: with errors
   * of late. 7: with shares of the say.
   */
  static final int VERSION = 7;

  private static final int OF_TASKS = 2;
  private static final int OF_STREAM = 4;

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

  /** The oldest format that can say what a learner with these settings has to: older programs read what they understand. */
  static int version(LifelongSettings settings) {
    return settings.either(ofTasks -> OF_TASKS, ofStream -> OF_STREAM, ofTables -> VERSION);
  }

  /** The settings that decide what the stored arrays mean; the others may change between two starts. */
  static byte[] identity(LifelongSettings settings) {
    String words = settings.either(StoreFormat::words, StoreFormat::words, StoreFormat::words);
    DrawBy drawBy = settings.basics().drawBy();
    // Stores from before there was a choice say nothing of it.
    return (drawBy == DrawBy.POSITION ? words : words + " draw-by=" + drawBy)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String words(StreamSettings settings) {
    return "network=%s learner=%s memory=%d standardise=%s seed=%d zero-head=%s"
        .formatted(
            settings.network(),
            settings.learner().name(),
            settings.learner().memory(),
            settings.standardise(),
            settings.seed(),
            settings.zeroHead());
  }

  private static String words(TableSettings settings) {
    return "network=%s learner=%s experts=%d trust=%d seed=%d memory=%s"
        .formatted(
            settings.network(),
            TableSettings.NAME,
            settings.shape().experts().size(),
            Mixture.savedLength(settings.shape().experts().size()),
            settings.seed(),
            settings.memory().retention().name());
  }

  private static String words(TaskSettings settings) {
    return "network=%s labels=%s standardise=%s learned-steps=%s inner-steps=%s seed=%d zero-head=%s memory=%s"
        .formatted(
            settings.network(),
            settings.labelSpace(),
            settings.standardise(),
            settings.meta().learned(),
            settings.meta().inner().steps(),
            settings.seed(),
            settings.zeroHead(),
            settings.memory().retention().name());
  }
}
