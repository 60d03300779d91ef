package io.engram.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.embeddedkafka.testing.TestBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class TornReadTest {

  private static final String NETWORK = "input(50) dense(40) relu dense(5) softmax";
  private static final int UPDATES = 1_000;
  private static final int SUBSCRIBERS = 4;
  private static final long READ_PAUSE_NANOS = 200_000;

  /** Every parameter of version v is v, so a torn or mixed version shows in any two of them. */
  @Test
  void concurrentSubscribersNeverSeeATornOrMixedVersion() throws Exception {
    List<String> torn = new CopyOnWriteArrayList<>();
    List<ModelSubscriber> subscribers = new ArrayList<>();
    AtomicBoolean done = new AtomicBoolean();
    try (UpdatesTopic updates =
        new UpdatesTopic(TestBroker.bootstrapServers(), TestBroker.uniquePrefix("torn"))) {
      List<CompletableFuture<Long>> readers = new ArrayList<>();
      for (int i = 0; i < SUBSCRIBERS; i++) {
        ModelSubscriber subscriber = ModelSubscriber.start("m", updates.topics, updates.kafka);
        subscribers.add(subscriber);
        readers.add(CompletableFuture.supplyAsync(() -> read(subscriber, done, torn)));
      }
      for (int version = 1; version <= UPDATES; version++) {
        updates.publish(Versions.of("m", version, NETWORK));
      }
      for (ModelSubscriber subscriber : subscribers) {
        subscriber.awaitVersion(UPDATES, Duration.ofSeconds(60));
        assertThat(subscriber.refusals()).isZero();
      }
      done.set(true);
      for (CompletableFuture<Long> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    } finally {
      done.set(true);
      subscribers.forEach(ModelSubscriber::close);
    }
    assertThat(torn).isEmpty();
  }

  private static long read(ModelSubscriber subscriber, AtomicBoolean done, List<String> torn) {
    long reads = 0;
    while (!done.get()) {
      Model model = subscriber.current().orElse(null);
      if (model == null) {
        LockSupport.parkNanos(READ_PAUSE_NANOS);
        continue;
      }
      reads++;
      for (float parameter : model.parameters()) {
        if (parameter != (float) model.version()) {
          torn.add("version " + model.version() + " holds " + parameter);
          return reads;
        }
      }
      // Leaves the cores to those who are watched.
      LockSupport.parkNanos(READ_PAUSE_NANOS);
    }
    return reads;
  }
}
