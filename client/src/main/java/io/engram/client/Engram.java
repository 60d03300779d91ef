package io.engram.client;

import io.engram.core.compute.ComputeEngine;
import io.engram.engine.fused.FusedEngine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A program's connection: send labeled examples, subscribe to models, adapt them in a few shots.
 *
 * <pre>{@code
 * try (Engram engram = Engram.connect(EngramConfig.of("localhost:9092"))) {
 *   engram.examples().send(Example.of("tenant-42", features, "spam"));
 *   ModelSubscription model = engram.subscribe("default");
 *   model.awaitVersion(1, Duration.ofMinutes(1));
 *   Classifier mine = model.adapt(SupportSet.of(fewFeatures, fewLabels));
 *   Prediction p = mine.predict(features);
 * }
 * }</pre>
 *
 * <p>Thread-safe. Nothing is started before it is asked for.
 */
public final class Engram implements AutoCloseable {

  private final EngramConfig config;
  private final Workbenches benches;
  private final SharedSubscribers subscribers;
  private @Nullable ExampleProducer producer;
  private boolean closed;

  private Engram(EngramConfig config, ComputeEngine engine) {
    this.config = config;
    this.benches = new Workbenches(engine);
    this.subscribers = new SharedSubscribers(config.topics(), config.kafka(), config.trusted());
  }

  /** Connects, adapting on the CPU, one core for each thread that asks. */
  public static Engram connect(EngramConfig config) {
    return connect(config, new FusedEngine(1));
  }

  /** Connects, adapting with an engine of the caller's. */
  public static Engram connect(EngramConfig config, ComputeEngine engine) {
    return new Engram(config, engine);
  }

  /** The producer of labeled examples; closed with this. */
  public synchronized ExampleProducer examples() {
    requireOpen();
    ExampleProducer open = producer;
    if (open == null) {
      open = ExampleProducer.open(config.topics(), config.kafka());
      producer = open;
    }
    return open;
  }

  /**
   * Subscribes to a model; does not wait for a version. Closed with this, or before. Subscriptions to one model share one consumer
   * and hold the same {@link Model}.
   */
  public synchronized ModelSubscription subscribe(String modelName) {
    requireOpen();
    return new ModelSubscription(
        subscribers.acquire(modelName), subscribers, benches, config.keptAdaptedModels());
  }

  /**
   * Fills a memory with the newest tasks of the {@code tasks} topic, support and query examples together, each under its task id.
   *
   * @param patience how long the broker may take
   * @return how many: as many as the memory holds, or fewer where there are no more
   * @throws IllegalArgumentException if they are of another kind than what is remembered
   * @throws RuntimeException if the topic cannot be read in time
   */
  public int recall(SupportMemory memory, Duration patience) {
    synchronized (this) {
      requireOpen();
    }
    try (TaskRecall recall = new TaskRecall(config.topics().tasks(), config.kafka(), patience)) {
      return recall.into(memory);
    }
  }

  /** Ends all subscriptions, sends what waits, frees the engine's memory. Idempotent. */
  @Override
  public synchronized void close() {
    closed = true;
    subscribers.close();
    ExampleProducer open = producer;
    producer = null;
    if (open != null) {
      open.close();
    }
    benches.close();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this connection is closed");
    }
  }
}
