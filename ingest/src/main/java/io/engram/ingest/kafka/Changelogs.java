package io.engram.ingest.kafka;

import io.engram.ingest.domain.BufferedExample;
import io.engram.schemas.Topics;
import java.nio.ByteBuffer;
import java.util.Arrays;
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

  /** Counts by name, 8 bytes each. */
  public String counts() {
    return of(IngestTopology.COUNTS);
  }

  private String of(String store) {
    return application + "-" + store + SUFFIX;
  }

  /** Whether a key of {@link #buffer} is an example's of a task key. */
  public static boolean buffers(byte[] bufferKey, byte[] taskKey) {
    byte[] prefix =
        ByteBuffer.allocate(Integer.BYTES + taskKey.length)
            .putInt(taskKey.length)
            .put(taskKey)
            .array();
    return bufferKey.length >= prefix.length
        && Arrays.equals(bufferKey, 0, prefix.length, prefix, 0, prefix.length);
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
