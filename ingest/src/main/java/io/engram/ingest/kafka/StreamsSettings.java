package io.engram.ingest.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka Streams' settings: ours where the user says nothing, the user's, and last those that the promises rest on. */
public final class StreamsSettings {

  private static final int PRODUCER_BUFFER_BYTES = 32 << 20;

  private StreamsSettings() {}

  /**
   * All of them.
   *
   * @param maxRecordBytes largest record that is written
   * @param rocksDb makes RocksDB's options, by its name
   */
  public static Properties of(
      StreamsRun run,
      String applicationId,
      Map<String, Object> kafkaProperties,
      int maxRecordBytes,
      Class<?> rocksDb) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) run.topics().replication());
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, rocksDb);
    // The default of 100 ms makes every transaction that follows closely on another wait for it.
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 5L);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG), 200L);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
        Math.max(PRODUCER_BUFFER_BYTES, 2L * maxRecordBytes));

    settings.putAll(kafkaProperties);

    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, run.stateDir().toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, run.threads());
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, run.commitInterval().toMillis());
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), maxRecordBytes);
    // Static membership: after a restart the same partitions come back at once, without waiting for
    // a session to expire.
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        run.instanceId());
    Properties properties = new Properties();
    properties.putAll(settings);
    return properties;
  }
}
