package io.engram.kafkakit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import org.apache.kafka.clients.consumer.Consumer;

/** What Kafka's own clients count, in a registry until closed. Which of it is exported is the registry's business. */
public final class KafkaMeters implements AutoCloseable {

  private final Runnable end;

  private KafkaMeters(Runnable end) {
    this.end = end;
  }

  /** Of one consumer, which may be closed before. */
  public static KafkaMeters of(Consumer<?, ?> consumer, MeterRegistry registry) {
    KafkaClientMetrics metrics = new KafkaClientMetrics(consumer);
    return bind(metrics, metrics::close, registry);
  }

  /**
   * Of whatever Micrometer knows of Kafka.
   *
   * @param end closes it
   */
  public static KafkaMeters bind(MeterBinder metrics, Runnable end, MeterRegistry registry) {
    metrics.bindTo(registry);
    return new KafkaMeters(end);
  }

  @Override
  public void close() {
    end.run();
  }
}
