package io.engram.benchmarks.hostile;

import io.engram.kafkakit.CommittedReader;
import io.engram.model.TaskCodec;
import io.engram.schemas.Topics;
import io.engram.schemas.kafka.EndOfSource;
import io.engram.schemas.kafka.RejectedHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What stands on {@code tasks} and {@code examples.rejected}.
 *
 * @param rowsByKey examples in the tasks that ingest made, by key
 * @param honestOffsets where the tasks of honest keys stand
 * @param learnable records of {@code tasks} that can be learned from, whoever wrote them
 * @param unlearnable those that cannot
 * @param rejectedByKind what ingest refused, by kind and reason; honest ones under the kind ""
 * @param rejectedByReason the same by reason alone
 */
public record Books(
    Map<String, Long> rowsByKey,
    List<Long> honestOffsets,
    long learnable,
    long unlearnable,
    Map<String, Map<String, Long>> rejectedByKind,
    Map<String, Long> rejectedByReason) {

  private static final Topics TOPICS = new Topics("");

  /** Reads the two topics from their beginning. */
  public static Books read(Map<String, Object> kafka) {
    Map<String, Long> rows = new TreeMap<>();
    List<Long> honest = new ArrayList<>();
    long[] counts = new long[2];
    Map<String, Map<String, Long>> byKind = new TreeMap<>();
    Map<String, Long> byReason = new TreeMap<>();
    try (CommittedReader reader = new CommittedReader(kafka)) {
      reader.readAll(TOPICS.tasks(), record -> task(record, rows, honest, counts));
      reader.readAll(
          TOPICS.rejectedExamples(),
          record -> {
            if (record.headers().lastHeader(RejectedHeaders.SOURCE_OFFSET) != null) {
              String reason = text(record.headers(), RejectedHeaders.CATEGORY);
              byReason.merge(reason, 1L, Long::sum);
              byKind
                  .computeIfAbsent(text(record.headers(), Barrage.MARK), it -> new HashMap<>())
                  .merge(reason, 1L, Long::sum);
            }
          });
    }
    return new Books(rows, honest, counts[0], counts[1], byKind, byReason);
  }

  private static void task(
      ConsumerRecord<byte[], byte[]> record,
      Map<String, Long> rows,
      List<Long> honest,
      long[] counts) {
    boolean forged = record.headers().lastHeader(Barrage.MARK) != null;
    if (!forged && EndOfSource.read(record.key(), record.value(), record.headers()).isPresent()) {
      return;
    }
    byte[] value = record.value() == null ? new byte[0] : record.value();
    counts[Oracle.learnable(value, Besieged.LARGEST_TASK) ? 0 : 1]++;
    if (!forged) {
      String key = new String(record.key(), StandardCharsets.UTF_8);
      rows.merge(key, (long) TaskCodec.decode(value).examples(), Long::sum);
      if (key.startsWith(HonestTraffic.PREFIX)) {
        honest.add(record.offset());
      }
    }
  }

  /** Records of a topic that have a value. */
  static long values(Map<String, Object> kafka, String topic) {
    long[] count = new long[1];
    try (CommittedReader reader = new CommittedReader(kafka)) {
      reader.readAll(topic, record -> count[0] += record.value() == null ? 0 : 1);
    }
    return count[0];
  }

  /** Examples in tasks of keys that begin so. */
  public long rows(String beginning) {
    return rowsByKey.entrySet().stream()
        .filter(it -> it.getKey().startsWith(beginning))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Rejected examples of a kind, whatever the reason. */
  public long rejected(String kind) {
    return rejectedByKind.getOrDefault(kind, Map.of()).values().stream().mapToLong(it -> it).sum();
  }

  private static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
