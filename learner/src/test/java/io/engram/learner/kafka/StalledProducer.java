package io.engram.learner.kafka;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Has things happen between two steps of a producer, which stands still meanwhile: one at a step. Kafka makes it. */
public final class StalledProducer implements ProducerInterceptor<String, byte[]> {

  static final Queue<Runnable> ON_SEND = new ConcurrentLinkedQueue<>();
  static final Queue<Runnable> ON_ACKNOWLEDGEMENT = new ConcurrentLinkedQueue<>();

  @Override
  public ProducerRecord<String, byte[]> onSend(ProducerRecord<String, byte[]> record) {
    next(ON_SEND);
    return record;
  }

  @Override
  public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception problem) {
    next(ON_ACKNOWLEDGEMENT);
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  @Override
  public void configure(Map<String, ?> configs) {
    // Takes its orders from the test.
  }

  private static void next(Queue<Runnable> happenings) {
    Runnable happening = happenings.poll();
    if (happening != null) {
      happening.run();
    }
  }
}
