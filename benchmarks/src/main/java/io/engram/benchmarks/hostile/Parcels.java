package io.engram.benchmarks.hostile;

import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.Assembly;
import io.engram.schemas.ModelAssembler;
import io.engram.schemas.ModelRecord;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.WireException;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the reader of {@code model-candidates} must make of what stands there, found by reading it once more.
 *
 * @param unreadable records that are neither chunk nor manifest
 * @param dropped chunks beyond the limits
 * @param ended candidates that came to an end, whole or not
 */
record Parcels(long unreadable, long dropped, long ended) {

  private static final Topics TOPICS = new Topics("");

  static Parcels ofCandidates(Map<String, Object> kafka) {
    ModelAssembler assembler = new ModelAssembler();
    long[] counts = new long[3];
    try (CommittedReader reader = new CommittedReader(kafka)) {
      reader.readAll(
          TOPICS.modelCandidates(),
          record -> {
            ModelRecord value = read(record);
            if (value == null) {
              counts[0]++;
              return;
            }
            Assembly assembly = assembler.accept(value);
            counts[1] += assembly instanceof Assembly.Dropped ? 1 : 0;
            counts[2] +=
                assembly instanceof Assembly.Complete || assembly instanceof Assembly.Broken
                    ? 1
                    : 0;
          });
    }
    return new Parcels(counts[0], counts[1], counts[2]);
  }

  /** Chunk or manifest; null where it is neither. */
  static @Nullable ModelRecord read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Wire.modelRecord(record.value());
    } catch (WireException e) {
      return null;
    }
  }
}
