package io.engram.client;

import io.engram.client.kafka.ExampleSender;
import io.engram.schemas.Topics;
import io.engram.schemas.TraceContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sends labeled examples. Records of one key keep their order, and none is written twice however often the network makes
 * the producer try.
 *
 * <p><b>Back-pressure:</b> what is not yet acknowledged waits in a buffer of {@code buffer.memory} bytes (32 MiB by default). When it is
 * full {@link #send} blocks, for up to {@code max.block.ms} (one minute), and then the delivery fails with a Kafka
 * {@code TimeoutException}. A delivery that cannot be made within {@code delivery.timeout.ms} (two minutes) fails too.
 *
 * <p>Thread-safe, but for the calls about transactions, which belong to one thread.
 */
public final class ExampleProducer implements AutoCloseable {

  private final ExampleSender sender;

  private ExampleProducer(ExampleSender sender) {
    this.sender = sender;
  }

  /**
   * Opens a producer.
   *
   * @param kafka properties of the producer; {@code bootstrap.servers} at least
   * @throws RuntimeException (Kafka's {@code KafkaException}) if the properties are wrong
   */
  public static ExampleProducer open(Topics topics, Map<String, Object> kafka) {
    return new ExampleProducer(ExampleSender.open(topics.examples(), kafka));
  }

  /**
   * Opens a producer whose examples become visible transaction by transaction, and fences an older one of the same id.
   *
   * @throws RuntimeException (Kafka's {@code KafkaException}) if the properties are wrong or the cluster cannot be reached
   */
  public static ExampleProducer transactional(
      Topics topics, Map<String, Object> kafka, String transactionalId) {
    return new ExampleProducer(
        ExampleSender.transactional(topics.examples(), kafka, transactionalId));
  }

  /**
   * Sends an example.
   *
   * @return completes when the cluster has it, or exceptionally when it will not have it
   */
  public CompletableFuture<Delivery> send(Example example) {
    return send(example, Optional.empty());
  }

  /**
   * The same, as part of somebody's work: what becomes of the example carries that trace.
   *
   * @return completes when the cluster has it, or exceptionally when it will not have it
   */
  public CompletableFuture<Delivery> send(Example example, TraceContext trace) {
    return send(example, Optional.of(trace));
  }

  private CompletableFuture<Delivery> send(Example example, Optional<TraceContext> trace) {
    CompletableFuture<Delivery> delivery = new CompletableFuture<>();
    sender.send(
        example.taskKey(),
        example.value(),
        trace,
        new ExampleSender.Receipt() {
          @Override
          public void written(String topic, int partition, long offset) {
            delivery.complete(new Delivery(topic, partition, offset));
          }

          @Override
          public void failed(Exception failure) {
            delivery.completeExceptionally(failure);
          }
        });
    return delivery;
  }

  /** Sends what waits and returns when every delivery so far is complete, one way or the other. */
  public void flush() {
    sender.flush();
  }

  /** Begins a transaction. */
  public void begin() {
    sender.begin();
  }

  /** Makes all examples since {@link #begin} visible. */
  public void commit() {
    sender.commit();
  }

  /** Takes all examples since {@link #begin} back. */
  public void abort() {
    sender.abort();
  }

  /** Sends what waits, for up to 30 s. */
  @Override
  public void close() {
    sender.close();
  }
}
