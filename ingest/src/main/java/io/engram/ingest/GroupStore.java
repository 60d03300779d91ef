package io.engram.ingest;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What grouping keeps of one partition. Whatever is written becomes durable together with the outputs and the position in
 * the log, or not at all.
 */
interface GroupStore {

  @Nullable OpenTask open(String key);

  void putOpen(String key, OpenTask task);

  void removeOpen(String key);

  /** Every open task; the consumer may change the store. */
  void forEachOpen(BiConsumer<String, OpenTask> consumer);

  void putExample(String key, int index, BufferedExample example);

  /** Removes and returns the examples 0 … count−1. */
  List<BufferedExample> takeExamples(String key, int count);

  /** {@link KeyHistory#NONE} where there is none. */
  KeyHistory history(String key);

  void putHistory(String key, KeyHistory history);

  /** Forgets keys that have no open task and whose last task was closed before a time. */
  void forgetHistories(long closedBefore);
}
