package io.engram.client;

import io.engram.schemas.Topics;
import io.engram.schemas.signing.TrustedKeys;
import java.util.HashMap;
import java.util.Map;

/**
 * One subscriber a model for all who subscribe to it through one connection: its bytes are fetched, checked and decoded once.
 * Thread-safe.
 */
final class SharedSubscribers implements AutoCloseable {

  private final Topics topics;
  private final Map<String, Object> kafka;
  private final TrustedKeys trusted;
  private final Map<String, Entry> byModel = new HashMap<>();

  private static final class Entry {
    private final ModelSubscriber subscriber;
    private int holders;

    Entry(ModelSubscriber subscriber) {
      this.subscriber = subscriber;
    }
  }

  SharedSubscribers(Topics topics, Map<String, Object> kafka, TrustedKeys trusted) {
    this.trusted = trusted;
    this.topics = topics;
    this.kafka = kafka;
  }

  /** A model's subscriber, started for the first who asks, and anew where it has ended. */
  synchronized ModelSubscriber acquire(String modelName) {
    Entry entry = byModel.get(modelName);
    if (entry == null || entry.subscriber.termination().isDone()) {
      entry = new Entry(ModelSubscriber.start(modelName, topics, kafka, trusted));
      byModel.put(modelName, entry);
    }
    entry.holders++;
    return entry.subscriber;
  }

  /** Gives one hold back; the last one ends the subscriber. */
  void release(ModelSubscriber subscriber) {
    synchronized (this) {
      Entry entry = byModel.get(subscriber.modelName());
      if (entry != null && entry.subscriber == subscriber) {
        entry.holders--;
        if (entry.holders > 0) {
          return;
        }
        byModel.remove(subscriber.modelName());
      }
    }
    subscriber.close();
  }

  /** Ends them all. */
  @Override
  public void close() {
    Map<String, Entry> all;
    synchronized (this) {
      all = Map.copyOf(byModel);
      byModel.clear();
    }
    all.values().forEach(entry -> entry.subscriber.close());
  }
}
