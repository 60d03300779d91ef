package io.engram.benchmarks.registry;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.client.Model;
import io.engram.client.ModelListener;
import io.engram.client.ModelSubscriber;
import io.engram.client.RefusedUpdate;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.ModelImage;
import io.engram.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Updates through a broker and a registry in processes of their own, which are killed at random instants and started again, to
 * subscribers that look at every parameter of every version. Every candidate's parameters are all its number.
 */
final class KillCases {

  private static final String MODEL = "killed";
  private static final int SUBSCRIBERS = 16;
  private static final long SEED = 11;
  private static final long BETWEEN_CANDIDATES_NANOS = 15_000_000L;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final int updates;
  private final int kills;
  private final Consumer<String> progress;
  private final AtomicLong torn = new AtomicLong();
  private final AtomicLong seen = new AtomicLong();

  KillCases(int updates, int kills, Consumer<String> progress) {
    this.updates = updates;
    this.kills = kills;
    this.progress = progress;
  }

  List<Case> run() throws InterruptedException, TimeoutException {
    Topics topics = new Topics("killed-");
    List<ModelSubscriber> subscribers = new ArrayList<>();
    try (KilledSite site = new KilledSite(topics, new RandomStream(SEED))) {
      site.topic(topics.modelCandidates());
      for (int i = 0; i < SUBSCRIBERS; i++) {
        ModelSubscriber subscriber = ModelSubscriber.start(MODEL, topics, site.kafka());
        subscriber.addListener(new Inspector());
        subscribers.add(subscriber);
      }
      publish(site, topics);
      for (ModelSubscriber subscriber : subscribers) {
        site.await(subscriber, updates, PATIENCE);
      }
      progress.accept(
          "%d kills of the registry, %d of the broker"
              .formatted(site.registryKills(), site.brokerKills()));
      site.stopRegistry();
      try (RegistryService registry = site.registryHere()) {
        ModelImage image =
            registry.image().model(MODEL).orElseThrow(() -> new IllegalStateException("nothing"));
        return cases(image, site.registryKills() + site.brokerKills());
      }
    } finally {
      subscribers.forEach(ModelSubscriber::close);
    }
  }

  /** Candidates one after another; what a killed broker leaves undecided is published again, with the same id and bytes. */
  private void publish(KilledSite site, Topics topics) {
    NetworkSpec network = NetworkSpec.parse("input(40) dense(40) relu dense(5) softmax");
    int killed = 0;
    CandidateLine line = null;
    try {
      for (long n = 1; n <= updates; n++) {
        line = published(line, n, site, topics, network);
        if (killed < kills && n * (kills + 1) / updates > killed) {
          site.killOne();
          killed++;
          progress.accept("%d of %d candidates, %d kills".formatted(n, updates, killed));
        }
        LockSupport.parkNanos(BETWEEN_CANDIDATES_NANOS);
      }
    } finally {
      if (line != null) {
        line.close();
      }
    }
  }

  private static CandidateLine published(
      @Nullable CandidateLine line, long n, KilledSite site, Topics topics, NetworkSpec network) {
    CandidateLine current = line;
    while (true) {
      try {
        if (current == null) {
          current = new CandidateLine(MODEL, topics, site.kafka(), network);
        }
        current.publish(current.uniform(n));
        return current;
      } catch (KafkaException e) {
        if (current != null) {
          current.abandon();
        }
        current = null;
      }
    }
  }

  private List<Case> cases(ModelImage image, int allKills) {
    long registered = 0;
    long promoted = 0;
    boolean inOrder = true;
    for (ModelEvent event : image.chronicle().history()) {
      if (event.change() instanceof Change.Registered change) {
        registered++;
        inOrder &= change.version() == registered;
      } else if (event.change() instanceof Change.Promoted) {
        promoted++;
      }
    }
    String name = "%d updates, %d subscribers, %d kills".formatted(updates, SUBSCRIBERS, allKills);
    return List.of(
        none(name, "torn or mixed versions seen", torn.get()),
        none(name, "promotions lost", updates - promoted),
        none(name, "versions missing in the history", inOrder ? updates - registered : updates),
        Case.of(name, "versions looked at", (double) seen.get(), "", ""));
  }

  private static Case none(String name, String what, long found) {
    return Case.of(name, what, (double) found, "").goal("= 0", found == 0);
  }

  /** Looks at every parameter of every version a subscriber comes to hold. */
  private final class Inspector implements ModelListener {

    @Override
    public void updated(@Nullable Model previous, Model current) {
      seen.incrementAndGet();
      String id = current.manifest().getCandidateId();
      for (float parameter : current.parameters()) {
        if (!id.equals(CandidateLine.id((long) parameter))
            || current.version() != (long) parameter) {
          torn.incrementAndGet();
          return;
        }
      }
    }

    @Override
    public void refused(RefusedUpdate update) {
      torn.incrementAndGet();
    }
  }
}
