package io.engram.ingest.domain;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What grouping keeps of one partition.
 *
 * <p><b>Threading:</b> the partition's thread only. <b>Durability:</b> whatever is written becomes durable together with the outputs and the
 * position in the log, or not at all; until then it is what is read. <b>Idempotence:</b> writing the same twice is writing it once, and
 * removing what is absent does nothing.
 */
public interface GroupStore {

  @Nullable OpenTask open(String key);

  void putOpen(String key, OpenTask task);

  void removeOpen(String key);

  /** Every open task; the consumer may change the store. */
  void forEachOpen(BiConsumer<String, OpenTask> consumer);

  void putExample(String key, int index, BufferedExample example);

  /**
   * The examples 0 … count−1.
   *
   * @throws IllegalStateException if there are others
   */
  List<BufferedExample> examples(String key, int count);

  /** Removes the examples 0 … count−1, without looking at them. */
  void removeExamples(String key, int count);

  /** {@link KeyHistory#NONE} where there is none. */
  KeyHistory history(String key);

  void putHistory(String key, KeyHistory history);

  /** Digests of the ids of a key's latest examples; empty where there are none. */
  byte[] ids(String key);

  void putIds(String key, byte[] ids);

  /** What looks for changes in a key's examples has seen; empty where it has seen nothing. */
  byte[] detector(String key);

  void putDetector(String key, byte[] state);

  /** Forgets keys that have no open task and whose last task was closed before a time. */
  void forgetHistories(long closedBefore);
}
