package io.engram.client;

import io.engram.client.kafka.UpdateReader;
import io.engram.client.kafka.UpdateRecord;
import io.engram.schemas.Topics;
import io.engram.schemas.signing.TrustedKeys;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the newest published version of one model. A thread of its own reads {@code model-updates} from its beginning, so that a
 * late joiner gets the champion at once, and swaps whole, verified versions; a bad or incompatible one is refused and
 * reported, and the old one stays. Works through broker restarts, and may be started before the registry.
 *
 * <p>Thread-safe; {@link #current} is one volatile read.
 */
public final class ModelSubscriber implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ModelSubscriber.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final String modelName;
  private final UpdateReader reader;
  private final Thread thread;
  private final List<ModelListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong refusals = new AtomicLong();

  /** Completed, and replaced, at each swap: those who wait are all let go at once, and need no lock to look. */
  private volatile CompletableFuture<Void> news = new CompletableFuture<>();

  private volatile @Nullable Model current;
  private volatile @Nullable RefusedUpdate lastRefusal;

  private ModelSubscriber(
      String modelName, Topics topics, Map<String, Object> kafka, TrustedKeys trusted) {
    this.modelName = modelName;
    this.reader = new UpdateReader(topics.modelUpdates(), kafka, new Log(modelName, trusted));
    this.thread = new Thread(reader, "engram-subscriber-" + modelName);
    thread.setDaemon(true);
  }

  /**
   * Begins to subscribe; does not wait for a model.
   *
   * @param kafka properties of the consumer; {@code bootstrap.servers} at least
   * @throws RuntimeException (Kafka's {@code KafkaException}) if the properties are wrong
   */
  public static ModelSubscriber start(String modelName, Topics topics, Map<String, Object> kafka) {
    return start(modelName, topics, kafka, TrustedKeys.NONE);
  }

  /**
   * The same; only what is signed by one of these keys is taken.
   *
   * @param trusted the registry's public keys; none: whatever stands on the topic is taken
   */
  public static ModelSubscriber start(
      String modelName, Topics topics, Map<String, Object> kafka, TrustedKeys trusted) {
    if (trusted.isEmpty()) {
      LOG.info("versions of model {} are taken without a signature", modelName);
    }
    ModelSubscriber subscriber = new ModelSubscriber(modelName, topics, kafka, trusted);
    subscriber.thread.start();
    return subscriber;
  }

  public String modelName() {
    return modelName;
  }

  /** The version held now; empty until the first one came. */
  public Optional<Model> current() {
    return Optional.ofNullable(current);
  }

  /**
   * Waits until a version of at least this number is held. After a rollback the numbers held are smaller again; wait for those
   * with {@link #await}.
   *
   * @throws TimeoutException if it does not come in time
   * @throws IllegalStateException if this subscriber has ended
   */
  public Model awaitVersion(long version, Duration timeout)
      throws InterruptedException, TimeoutException {
    return await(model -> model.version() >= version, timeout);
  }

  /**
   * Waits until the version held is as wanted.
   *
   * @throws TimeoutException if it does not come in time
   * @throws IllegalStateException if this subscriber has ended
   */
  public Model await(Predicate<Model> wanted, Duration timeout)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      CompletableFuture<Void> next = news; // before looking: what comes after it completes it
      Model held = current;
      if (held != null && wanted.test(held)) {
        return held;
      }
      if (termination().isDone()) {
        throw new IllegalStateException("the subscriber of model " + modelName + " has ended");
      }
      try {
        next.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new TimeoutException(
            "model %s: the version waited for did not come within %s; held: %s, refused: %d"
                .formatted(modelName, timeout, held == null ? "none" : held, refusals.get()));
      } catch (ExecutionException e) {
        throw new IllegalStateException("nothing completes it exceptionally", e);
      }
    }
  }

  /** Has a listener hear of every update from now on. Closing what is returned ends that. */
  public Registration addListener(ModelListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Ends a listener's hearing. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** How many updates were refused so far. */
  public long refusals() {
    return refusals.get();
  }

  /** The update refused last. */
  public Optional<RefusedUpdate> lastRefusal() {
    return Optional.ofNullable(lastRefusal);
  }

  /** Ends when the subscriber does; exceptionally if the cluster refused it. The model held stays usable. */
  public CompletableFuture<Void> termination() {
    return reader.termination();
  }

  /** Stops the thread and closes the consumer. Waits up to 10 s. Idempotent. */
  @Override
  public void close() {
    reader.stop();
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Hands on what the subscription makes of the log. */
  private final class Log implements UpdateReader.Updates {

    private final Subscription subscription;

    Log(String modelName, TrustedKeys trusted) {
      this.subscription = new Subscription(modelName, trusted, Clock.systemUTC());
    }

    @Override
    public void record(UpdateRecord record) {
      subscription.accept(record).ifPresent(ModelSubscriber.this::on);
    }

    @Override
    public void caughtUp() {
      subscription.caughtUp().ifPresent(ModelSubscriber.this::on);
    }

    @Override
    public void ended() {
      wake();
    }
  }

  private void on(Subscription.Step step) {
    if (step instanceof Subscription.Step.Updated updated) {
      swap(updated.model());
    } else if (step instanceof Subscription.Step.Refused refused) {
      refuse(refused.update());
    }
  }

  private void swap(Model model) {
    Model previous = current;
    current = model;
    wake();
    LOG.debug("{} held, {} ms after it was published", model, model.latency().toMillis());
    notify(listener -> listener.updated(previous, model));
  }

  private void refuse(RefusedUpdate update) {
    lastRefusal = update;
    refusals.incrementAndGet();
    LOG.warn(
        "model {}: version {} refused, {} stays: {}",
        update.modelName(),
        update.version(),
        current == null ? "nothing" : current,
        update.reason());
    notify(listener -> listener.refused(update));
  }

  private void wake() {
    CompletableFuture<Void> come = news;
    news = new CompletableFuture<>();
    come.complete(null);
  }

  private void notify(Consumer<ModelListener> news) {
    for (ModelListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("a listener of model {} failed", modelName, e);
      }
    }
  }
}
