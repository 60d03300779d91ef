package io.engram.modelregistry.agent;

import io.engram.modelregistry.gate.Asker;
import io.engram.modelregistry.gate.Condition;
import io.engram.modelregistry.gate.Decision;
import io.engram.modelregistry.gate.ParameterRetention;
import io.engram.modelregistry.gate.RegistryRequest;
import io.engram.modelregistry.image.RegisteredVersion;
import io.engram.modelregistry.image.RegistryImage;
import io.engram.servicekit.health.Headway;
import io.engram.servicekit.health.Pulse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry's thread. It owns the state; when the cluster fails in the middle of a commit, so that nobody knows whether it
 * was done, it forgets the state and replays the log. Being fenced by another registry, a refusal by the cluster, a full disk or a
 * broken history ends it.
 */
public final class RegistryAgent implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryAgent.class);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final int CALLS = 100;

  private final Admission admission;
  private final ParameterRetention retention;
  private final Cluster cluster;
  private final VersionBytes bytes;
  private final Clock clock;
  private final RegistryMeters meters;
  private final Duration pause;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final BlockingQueue<Call> calls = new ArrayBlockingQueue<>(CALLS);
  private final List<Consumer<RegistryImage>> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> termination = new CompletableFuture<>();
  private final Pulse pulse = new Pulse();
  private volatile RegistryImage image = RegistryImage.EMPTY;
  private volatile @Nullable Session session;

  private record Call(
      String model,
      RegistryRequest operation,
      Asker asker,
      Condition condition,
      CompletableFuture<Decision> result) {}

  private record Session(Journal journal, Registry registry, Candidates candidates)
      implements AutoCloseable {
    @Override
    public void close() {
      try (journal;
          candidates) {
        LOG.debug("closing the registry's clients");
      }
    }
  }

  /**
   * Nothing is opened yet.
   *
   * @param clock gives the times of events
   * @param pause between a failure of the cluster and the next try
   */
  public RegistryAgent(
      Admission admission,
      ParameterRetention retention,
      Cluster cluster,
      VersionBytes bytes,
      Clock clock,
      RegistryMeters meters,
      Duration pause) {
    this.admission = admission;
    this.retention = retention;
    this.cluster = cluster;
    this.bytes = bytes;
    this.clock = clock;
    this.meters = meters;
    this.pause = pause;
  }

  /** Everything registered, as of the last committed event. Any thread may ask. */
  public RegistryImage image() {
    return image;
  }

  /** The parameter bytes of a version, verified; empty if they are no longer kept. Any thread may ask. */
  public Optional<byte[]> parameters(RegisteredVersion version) {
    return version.parametersKept() ? bytes.stored(version) : Optional.empty();
  }

  /** Has somebody hear of every later image, on the registry's thread; what is returned ends that. */
  public Runnable onChange(Consumer<RegistryImage> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** It has to come round, whether there is something to do or not. Any thread may ask. */
  public Headway headway() {
    return pulse.headway();
  }

  private void moved(RegistryImage now) {
    image = now;
    for (Consumer<RegistryImage> listener : listeners) {
      try {
        listener.accept(now);
      } catch (RuntimeException e) {
        LOG.error("a listener of the registry failed", e);
      }
    }
  }

  /** Ends when the agent does; exceptionally if it died, with the reason. */
  public CompletableFuture<Void> termination() {
    return termination;
  }

  /** Has the registry's thread carry an operation out, between two candidates. Any thread may ask. */
  public CompletableFuture<Decision> submit(
      String model, RegistryRequest operation, Asker asker, Condition condition) {
    Call call = new Call(model, operation, asker, condition, new CompletableFuture<>());
    if (!calls.offer(call)) {
      call.result()
          .completeExceptionally(
              new RejectedExecutionException(CALLS + " calls wait already, try again later"));
    }
    if (!running()) {
      refuseCalls();
    }
    wakeUp();
    return call.result();
  }

  /** Stops after the candidate that is being dealt with. Any thread may ask. */
  public void stop() {
    stopping.countDown();
    wakeUp();
  }

  private void wakeUp() {
    Session current = session;
    if (current != null) {
      current.candidates().wakeUp();
    }
  }

  /**
   * Takes the log over and replays it.
   *
   * @throws UnavailableException if the cluster cannot be reached or the log not be read
   */
  public void open() {
    Journal journal = cluster.takeOver();
    try {
      Registry registry =
          new Registry(
              admission, retention, journal, journal.replay(), bytes, clock, meters, this::moved);
      meters.foreign(journal.foreign());
      registry.forgetLost();
      registry.putRight(cluster.newestUpdates());
      RegistryImage replayed = registry.image();
      session = new Session(journal, registry, cluster.candidates(replayed.read()));
      LOG.info("registry ready: {} events, models {}", replayed.events(), champions(replayed));
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  @Override
  public void run() {
    try {
      while (running()) {
        work();
      }
      close();
      admission.examiner().close();
      refuseCalls();
      termination.complete(null);
    } catch (RuntimeException | Error e) {
      // The thread's last words, want of memory included: whoever waits for the termination hears
      // why.
      LOG.error("the model registry stops: {}", e.getMessage(), e);
      stopping.countDown();
      close();
      admission.examiner().close();
      refuseCalls();
      termination.completeExceptionally(e);
    }
  }

  private boolean running() {
    return stopping.getCount() > 0;
  }

  /** Deals with what is there: candidates, calls, a cluster to be found again. */
  void work() {
    Session current = session;
    if (current == null) {
      reopen();
      return;
    }
    try {
      for (ReceivedCandidate arrival : current.candidates().poll(POLL)) {
        if (running()) {
          carryOut(current.registry());
          current.registry().take(arrival);
          pulse.beat();
        }
      }
      carryOut(current.registry());
      current.candidates().lag().ifPresent(meters::lag);
      pulse.beat();
    } catch (UnavailableException e) {
      LOG.warn("the cluster failed, the log will be replayed: {}", e.getMessage(), e);
      close();
    }
  }

  private void carryOut(Registry registry) {
    for (Call call = calls.poll(); call != null; call = calls.poll()) {
      try {
        call.result()
            .complete(
                registry.carryOut(call.model(), call.operation(), call.asker(), call.condition()));
      } catch (RuntimeException e) {
        call.result().completeExceptionally(e);
        throw e;
      }
    }
  }

  private void refuseCalls() {
    for (Call call = calls.poll(); call != null; call = calls.poll()) {
      call.result()
          .completeExceptionally(new RejectedExecutionException("the registry has stopped"));
    }
  }

  private void reopen() {
    try {
      if (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        open();
      }
    } catch (InterruptedException e) {
      stopping.countDown();
    } catch (UnavailableException e) {
      LOG.warn("the log cannot be replayed yet: {}", e.getMessage());
    }
  }

  /** Model names, with the version that is published. */
  private static Map<String, Long> champions(RegistryImage image) {
    return image.models().entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, model -> model.getValue().champion().orElse(0)));
  }

  private void close() {
    Session current = session;
    session = null;
    if (current != null) {
      current.close();
    }
  }
}
