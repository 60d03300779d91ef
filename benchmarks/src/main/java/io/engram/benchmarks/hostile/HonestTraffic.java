package io.engram.benchmarks.hostile;

import io.engram.client.Example;
import io.engram.client.ExampleProducer;
import io.engram.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Waves of fifty keys, {@value #ROWS} examples at a time, by the client that everybody has. */
public final class HonestTraffic implements AutoCloseable {

  /** Of all its keys. */
  public static final String PREFIX = "honest-";

  /** Examples of a task. */
  public static final int ROWS = 20;

  private static final int KEYS = 50;

  private final ExampleProducer producer;
  private final Map<String, Long> examplesByKey = new TreeMap<>();
  private final AtomicLong undelivered = new AtomicLong();
  private final SplittableRandom random;
  private long tasks;

  /** Nothing is sent yet. */
  public HonestTraffic(String bootstrap, long seed) {
    this(Map.of("bootstrap.servers", bootstrap), seed);
  }

  /**
   * Nothing is sent yet.
   *
   * @param kafka properties of the producer
   */
  public HonestTraffic(Map<String, Object> kafka, long seed) {
    Map<String, Object> patient = new HashMap<>(kafka);
    patient.put("delivery.timeout.ms", 600_000);
    this.producer = ExampleProducer.open(new Topics(""), patient);
    this.random = new SplittableRandom(seed);
  }

  /** Sends the examples of one task. */
  public void sendTask() {
    String key = PREFIX + tasks++ % KEYS;
    double amplitude = 0.5 + 2 * random.nextDouble();
    double phase = Math.PI * random.nextDouble();
    for (int i = 0; i < ROWS; i++) {
      float x = (float) (10 * random.nextDouble() - 5);
      float y = (float) (amplitude * Math.sin(x + phase));
      undelivered.incrementAndGet();
      producer
          .send(Example.of(key, new float[] {x}, y))
          .thenRun(undelivered::decrementAndGet)
          .exceptionally(failed -> null);
    }
    examplesByKey.merge(key, (long) ROWS, Long::sum);
  }

  /** Waits until the broker has them. */
  public void settle() {
    producer.flush();
  }

  /** Tasks sent. */
  public long tasks() {
    return tasks;
  }

  /** Examples sent. */
  public long examples() {
    return tasks * ROWS;
  }

  /** Examples that the broker did not take, though it should. */
  public long undelivered() {
    return undelivered.get();
  }

  /** Examples sent, by key. */
  public Map<String, Long> examplesByKey() {
    return Map.copyOf(examplesByKey);
  }

  @Override
  public void close() {
    producer.close();
  }
}
