package io.engram.ingest.kafka;

import io.engram.ingest.domain.BufferedExample;
import io.engram.ingest.domain.GroupingRules;
import io.engram.ingest.domain.Slot;
import io.engram.schemas.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** The changelog topics of ingest's stores, and what stands in them, for who looks at them from outside of Kafka Streams. */
public final class Changelogs {

  private static final String SUFFIX = "-changelog";

  private final String application;

  public Changelogs(Topics topics) {
    this.application = IngestStreams.applicationId(topics);
  }

  /** Open tasks by task key. */
  public String open() {
    return of(IngestTopology.OPEN);
  }

  /** Examples that wait for their task to be closed. */
  public String buffer() {
    return of(IngestTopology.BUFFER);
  }

  /** What stays of keys between their tasks, by task key. */
  public String history() {
    return of(IngestTopology.HISTORY);
  }

  /** Ids that came lately, by task key; only where they are remembered. */
  public String ids() {
    return of(IngestTopology.IDS);
  }

  /** What looks for boundaries has seen, by task key; only where they are looked for. */
  public String detectors() {
    return of(IngestTopology.DETECTORS);
  }

  /** Counts by name, 8 bytes each. */
  public String counts() {
    return of(IngestTopology.COUNTS);
  }

  /** Those that there are under these rules. */
  List<String> all(GroupingRules rules) {
    List<String> all = new ArrayList<>(List.of(open(), buffer(), history(), counts(), same()));
    if (IngestTopology.hasIds(rules)) {
      all.add(ids());
    }
    if (IngestTopology.hasDetectors(rules)) {
      all.add(detectors());
    }
    return List.copyOf(all);
  }

  /** Rejections that repeat, by number. */
  private String same() {
    return of(IngestTopology.SAME);
  }

  private String of(String store) {
    return application + "-" + store + SUFFIX;
  }

  /** Whether a key of {@link #buffer} is an example's of a task key. */
  public static boolean buffers(byte[] bufferKey, byte[] taskKey) {
    int length = bufferKey.length - 2 * Integer.BYTES;
    return length >= 0
        && ByteBuffer.wrap(bufferKey).getInt() == length
        && names(Arrays.copyOfRange(bufferKey, Integer.BYTES, Integer.BYTES + length), taskKey);
  }

  /** Whether a key of {@link #open} is that of a task of a task key. */
  public static boolean names(byte[] openKey, byte[] taskKey) {
    return Arrays.equals(openKey, taskKey)
        || Slot.key(new String(openKey, StandardCharsets.UTF_8))
            .equals(new String(taskKey, StandardCharsets.UTF_8));
  }

  /** A value of {@link #buffer} whose example stands at another offset; that of another topic stays where it is. */
  public static byte[] moved(byte[] buffered, LongUnaryOperator fresh) {
    BufferedExample example = StoredBytes.readExample(buffered);
    if (example.topic().isPresent()) {
      return buffered;
    }
    return StoredBytes.write(
        new BufferedExample(
            example.value(),
            example.headers(),
            fresh.applyAsLong(example.offset()),
            example.timestamp()));
  }

  /** How many examples a value of {@link #open} has taken. */
  public static int examples(byte[] open) {
    return StoredBytes.readOpenTask(open).count();
  }
}
