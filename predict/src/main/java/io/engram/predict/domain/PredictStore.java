package io.engram.predict.domain;

import io.engram.schemas.TraceContext;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.OpenQuestion;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one partition remembers. <b>Threading:</b> one thread. <b>Durability:</b> all of it is committed together with what was read and
 * written; after a crash it stands as it did at the last commit. While {@code forEach…} runs, what it hands over may be removed.
 */
public interface PredictStore {

  /** Which rows of a key there are. */
  KeyRows rows(String key);

  /** Says which rows of a key there are. */
  void put(String key, KeyRows rows);

  /** Keeps a row under its number. */
  void putRow(String key, long number, LabeledExample row);

  /** Lets go of a row. */
  void removeRow(String key, long number);

  /** The rows of these numbers, the oldest first. */
  List<LabeledExample> rows(String key, long from, long to);

  /** What is known of a question; null where nothing is. */
  @Nullable OpenQuestion question(AskedId asked);

  /** Remembers a question until {@code due}. */
  void put(AskedId asked, OpenQuestion question);

  /** Whose work a question is part of; null where nothing was noted. */
  @Nullable TraceContext trace(AskedId asked);

  /** Notes whose work a question is part of, until it is forgotten. */
  void putTrace(AskedId asked, TraceContext trace);

  /** Forgets a question, and whose work it was part of. */
  void remove(AskedId asked, OpenQuestion question);

  /** Marks a question as one that waits for a version. */
  void waits(AskedId asked, long due);

  /** Takes the mark away. */
  void waitsNoMore(AskedId asked, long due);

  /** Whatever waits for a version, the one that came first first. */
  void forEachWaiting(Consumer<AskedId> what);

  /** Whatever was due before a time, in milliseconds. */
  void forEachDue(long before, Consumer<AskedId> what);
}
