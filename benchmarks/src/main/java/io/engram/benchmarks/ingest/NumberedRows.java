package io.engram.benchmarks.ingest;

import io.engram.benchmarks.crash.Waiting;
import io.engram.client.Example;
import io.engram.client.ExampleProducer;
import io.engram.schemas.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Rows of fifty keys, each numbered within its key by its one feature, at a steady rate in a thread of its own. */
final class NumberedRows implements AutoCloseable {

  static final int KEYS = 50;

  /** Rows of a task: what is sent of a key at once. */
  static final int ROWS = 20;

  private static final double SECONDS_BETWEEN = 0.05;

  private final ExampleProducer producer;
  private final AtomicLong undelivered = new AtomicLong();
  private final Thread thread = new Thread(this::send, "bench-rows");
  private volatile boolean stopping;
  private long tasks;

  /** Begins. */
  NumberedRows(Topics topics, Map<String, Object> kafka) {
    Map<String, Object> patient = new HashMap<>(kafka);
    patient.put("delivery.timeout.ms", 600_000);
    this.producer = ExampleProducer.open(topics, patient);
    thread.setDaemon(true);
    thread.start();
  }

  private void send() {
    while (!stopping) {
      sendTask();
      Waiting.pause(SECONDS_BETWEEN);
    }
  }

  private void sendTask() {
    String key = "key-" + tasks % KEYS;
    long first = tasks / KEYS * ROWS;
    for (long row = first; row < first + ROWS; row++) {
      undelivered.incrementAndGet();
      producer
          .send(Example.of(key, new float[] {row}, (float) row))
          .thenRun(undelivered::decrementAndGet)
          .exceptionally(failed -> null);
    }
    tasks++;
  }

  /** Ends it, when every key has been sent as often as the others, and waits until the broker has everything. */
  long ended() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    while (tasks % KEYS != 0) {
      sendTask();
    }
    producer.flush();
    return tasks;
  }

  /** Rows that the broker did not take, though it should. */
  long undelivered() {
    return undelivered.get();
  }

  @Override
  public void close() {
    stopping = true;
    producer.close();
  }
}
