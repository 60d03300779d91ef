package io.engram.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One model as a program uses it: the newest version held, and adapted to whatever handful of examples. Thread-safe.
 *
 * <p>An adapted model stays what it was adapted from. Those kept under a key follow the newest version: when another one is held,
 * the next call adapts again.
 */
public final class ModelSubscription implements AutoCloseable {

  private final ModelSubscriber subscriber;
  private final SharedSubscribers subscribers;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Workbenches benches;
  private final RecentlyUsed<Classifier> classifiers;
  private final RecentlyUsed<Regressor> regressors;

  ModelSubscription(
      ModelSubscriber subscriber,
      SharedSubscribers subscribers,
      Workbenches benches,
      int keptPerKind) {
    this.subscriber = subscriber;
    this.subscribers = subscribers;
    this.benches = benches;
    this.classifiers = new RecentlyUsed<>(keptPerKind);
    this.regressors = new RecentlyUsed<>(keptPerKind);
  }

  /** The version held now; empty until the first one came. */
  public Optional<Model> current() {
    return subscriber.current();
  }

  /**
   * Waits until a version of at least this number is held.
   *
   * @throws TimeoutException if it does not come in time
   */
  public Model awaitVersion(long version, Duration timeout)
      throws InterruptedException, TimeoutException {
    return subscriber.awaitVersion(version, timeout);
  }

  /** Has a listener hear of every update from now on. */
  public ModelSubscriber.Registration addListener(ModelListener listener) {
    return subscriber.addListener(listener);
  }

  /** Underneath: waiting for conditions, refusals, termination. */
  public ModelSubscriber subscriber() {
    return subscriber;
  }

  /**
   * Adapts the newest version to some classes; with {@link SupportSet#none} takes one that is {@link Model#usableAsItIs usable as it is} so.
   *
   * @throws AdaptationException if no version is held yet, or adapting diverges
   * @throws IllegalArgumentException if the examples do not fit the model
   */
  public Classifier adapt(SupportSet.Labeled support) {
    return Classifier.adapt(benches, held(), support);
  }

  /**
   * Adapts the newest version to some numbers.
   *
   * @throws AdaptationException if no version is held yet, or adapting diverges
   * @throws IllegalArgumentException if the examples do not fit the model
   */
  public Regressor adapt(SupportSet.Measured support) {
    return Regressor.adapt(benches, held(), support);
  }

  /**
   * Adapts a version that is or was held to some classes, as {@link #adapt(SupportSet.Labeled)} does the newest.
   *
   * @throws AdaptationException if adapting diverges
   * @throws IllegalArgumentException if the examples do not fit the model
   */
  public Classifier adapt(Model model, SupportSet.Labeled support) {
    return Classifier.adapt(benches, model, support);
  }

  /**
   * Adapts a version that is or was held to some numbers, as {@link #adapt(SupportSet.Measured)} does the newest.
   *
   * @throws AdaptationException if adapting diverges
   * @throws IllegalArgumentException if the examples do not fit the model
   */
  public Regressor adapt(Model model, SupportSet.Measured support) {
    return Regressor.adapt(benches, model, support);
  }

  /**
   * Adapts the newest version to some classes, their examples enlarged by those of similar remembered tasks.
   *
   * @throws AdaptationException if no version is held yet, or adapting diverges
   * @throws IllegalArgumentException if the examples, or the remembered ones, do not fit the model
   */
  public Classifier adapt(SupportSet.Labeled support, SimilarTasks similar) {
    Model held = held();
    return Classifier.adapt(benches, held, similar.enlarge(held, null, support));
  }

  /**
   * Adapts the newest version to some numbers, their examples enlarged by those of similar remembered tasks.
   *
   * @throws AdaptationException if no version is held yet, or adapting diverges
   * @throws IllegalArgumentException if the examples, or the remembered ones, do not fit the model
   */
  public Regressor adapt(SupportSet.Measured support, SimilarTasks similar) {
    Model held = held();
    return Regressor.adapt(benches, held, similar.enlarge(held, null, support));
  }

  /** Adapts, and keeps the result under a task key for {@link #classifier}. */
  public Classifier adapt(String taskKey, SupportSet.Labeled support) {
    return classifiers.get(taskKey, known -> false, known -> adapt(support));
  }

  /** Adapts, and keeps the result under a task key for {@link #regressor}. */
  public Regressor adapt(String taskKey, SupportSet.Measured support) {
    return regressors.get(taskKey, known -> false, known -> adapt(support));
  }

  /**
   * Adapts with similar tasks, and keeps the result under a task key for {@link #classifier}. What is remembered under that key does not
   * join; with a new version the same examples are adapted on again.
   */
  public Classifier adapt(String taskKey, SupportSet.Labeled support, SimilarTasks similar) {
    return adapt(taskKey, similar.enlarge(held(), taskKey, support));
  }

  /**
   * Adapts with similar tasks, and keeps the result under a task key for {@link #regressor}. What is remembered under that key does not
   * join; with a new version the same examples are adapted on again.
   */
  public Regressor adapt(String taskKey, SupportSet.Measured support, SimilarTasks similar) {
    return adapt(taskKey, similar.enlarge(held(), taskKey, support));
  }

  /** The classifier kept under a task key, adapted again if another version is held now; empty if none is kept. */
  public Optional<Classifier> classifier(String taskKey) {
    Classifier kept = classifiers.find(taskKey);
    return kept == null
        ? Optional.empty()
        : Optional.of(
            classifiers.get(
                taskKey, known -> isCurrent(known.model()), known -> adapt(kept.support())));
  }

  /** The regressor kept under a task key, adapted again if another version is held now; empty if none is kept. */
  public Optional<Regressor> regressor(String taskKey) {
    Regressor kept = regressors.find(taskKey);
    return kept == null
        ? Optional.empty()
        : Optional.of(
            regressors.get(
                taskKey, known -> isCurrent(known.model()), known -> adapt(kept.support())));
  }

  /** Lets go of what is kept under a task key. */
  public void forget(String taskKey) {
    classifiers.remove(taskKey);
    regressors.remove(taskKey);
  }

  private boolean isCurrent(Model model) {
    return current().filter(held -> held == model).isPresent();
  }

  private Model held() {
    return current()
        .orElseThrow(
            () ->
                new AdaptationException(
                    "no version of model %s has come yet; wait for one with awaitVersion(1, …)"
                        .formatted(subscriber.modelName())));
  }

  /** Ends the subscription; what was adapted stays usable until the connection is closed. Idempotent. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      subscribers.release(subscriber);
    }
  }
}
