package io.engram.modelregistry.agent;

import io.engram.modelregistry.Candidates.Candidate;
import io.engram.modelregistry.image.CandidatePosition;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.RegistryImage;
import io.engram.schemas.TraceContext;
import io.engram.schemas.avro.ModelManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * {@link Cluster} in memory: what outlives a registry's process. Commits are all or nothing; whoever took over last may write; a commit
 * that failed may have been done; candidates come in pieces of any size, and again from where a reader is told to begin.
 */
final class SimulatedCluster implements Cluster {

  /** What a learner left on {@code model-candidates}. */
  sealed interface Entry {
    record Whole(Candidate candidate) implements Entry {}

    record Broken(String model, String candidateId) implements Entry {}

    record Unreadable() implements Entry {}

    /** A chunk beyond all limits. */
    record Beyond() implements Entry {}

    /** A whole one that nobody could use, or under a name that is none. */
    record Forged(Candidate candidate) implements Entry {}
  }

  private final Fate fate;
  private final Runnable changed;
  private final List<List<Entry>> partitions;
  private final List<ModelEvent> events = new ArrayList<>();
  private final Map<String, VersionUpdate> updates = new HashMap<>();
  private final List<VersionUpdate> published = new ArrayList<>();
  private int epoch;

  /**
   * @param changed runs after every commit, before anybody hears of it
   */
  SimulatedCluster(Fate fate, List<List<Entry>> partitions, Runnable changed) {
    this.fate = fate;
    this.partitions = partitions;
    this.changed = changed;
  }

  List<ModelEvent> events() {
    return events;
  }

  /** What {@code model-updates} holds of a model, or null. */
  @Nullable VersionUpdate update(String model) {
    return updates.get(model);
  }

  /** Everything ever published, in order. */
  List<VersionUpdate> published() {
    return published;
  }

  /** A stranger writes over what is published of a model. */
  void forge(VersionUpdate update) {
    updates.put(update.manifest().getModelName(), update);
  }

  List<List<Entry>> partitions() {
    return partitions;
  }

  @Override
  public Journal takeOver() {
    fate.mayStrike("before it takes over");
    epoch++;
    fate.mayStrike("after it took over");
    return new SimulatedJournal(epoch);
  }

  @Override
  public Candidates candidates(Map<Integer, Long> from) {
    fate.mayStrike("while it opens the candidates");
    return new SimulatedCandidates(from);
  }

  @Override
  public Map<String, ModelManifest> newestUpdates() {
    fate.mayStrike("while it looks for what is published");
    Map<String, ModelManifest> manifests = new HashMap<>();
    updates.forEach((model, update) -> manifests.put(model, update.manifest()));
    return manifests;
  }

  @Override
  public void forEachVersion(BiConsumer<String, byte[]> found) {
    fate.mayStrike("while it looks for parameters");
    for (List<Entry> partition : partitions) {
      for (Entry entry : partition) {
        if (entry instanceof Entry.Whole whole) {
          found.accept(whole.candidate().manifest().getSha256(), whole.candidate().parameters());
        }
      }
    }
  }

  private final class SimulatedJournal implements Journal {

    private final int own;
    private boolean broken;

    SimulatedJournal(int own) {
      this.own = own;
    }

    @Override
    public RegistryImage replay() {
      fate.mayStrike("while it replays");
      return RegistryImage.EMPTY.apply(events);
    }

    @Override
    public void commit(
        long eventsBefore,
        List<ModelEvent> more,
        List<VersionUpdate> publications,
        Runnable meanwhile,
        Optional<TraceContext> trace) {
      if (broken) {
        throw new AssertionError("a journal that failed is used again");
      }
      try {
        fate.mayStrike("before the commit");
        meanwhile.run();
        fate.mayStrike("at the commit");
        write(eventsBefore, more, publications);
        fate.mayStrike("after the commit");
      } catch (UnavailableException e) {
        broken = true;
        throw e;
      }
    }

    private void write(long eventsBefore, List<ModelEvent> more, List<VersionUpdate> publications) {
      if (own != epoch) {
        throw new TakenOverException("a newer registry writes now", new Crash("never"));
      }
      if (eventsBefore != events.size()) {
        throw new AssertionError(
            "%d events stand in the log, the writer knows %d"
                .formatted(events.size(), eventsBefore));
      }
      events.addAll(more);
      for (VersionUpdate publication : publications) {
        published.add(publication);
        updates.put(publication.manifest().getModelName(), publication);
      }
      changed.run();
    }

    @Override
    public void close() {}
  }

  private final class SimulatedCandidates implements Candidates {

    private final Map<Integer, Long> next;

    SimulatedCandidates(Map<Integer, Long> from) {
      this.next = new HashMap<>(from);
    }

    @Override
    public List<ReceivedCandidate> poll(Duration timeout) {
      fate.mayStrike("while it reads candidates");
      List<ReceivedCandidate> arrivals = new ArrayList<>();
      int partition = fate.chance(partitions.size());
      List<Entry> log = partitions.get(partition);
      for (int left = fate.chance(4); left > 0; left--) {
        long offset = next.getOrDefault(partition, 0L);
        if (offset < log.size()) {
          next.put(partition, offset + 1);
          arrivals.add(
              arrival(log.get((int) offset), new CandidatePosition(partition, offset + 1)));
        }
      }
      return arrivals;
    }

    private static ReceivedCandidate arrival(Entry entry, CandidatePosition read) {
      if (entry instanceof Entry.Whole whole) {
        return new ReceivedCandidate.Whole(
            read, whole.candidate().manifest(), whole.candidate().parameters());
      }
      if (entry instanceof Entry.Forged forged) {
        return new ReceivedCandidate.Whole(
            read, forged.candidate().manifest(), forged.candidate().parameters());
      }
      if (entry instanceof Entry.Beyond) {
        return new ReceivedCandidate.Beyond(read, "it is too large", true);
      }
      return entry instanceof Entry.Broken broken
          ? new ReceivedCandidate.Broken(
              read, broken.model(), broken.candidateId(), "a chunk is missing")
          : new ReceivedCandidate.Unreadable(read, "no record of ours");
    }

    @Override
    public void wakeUp() {}

    @Override
    public OptionalLong lag() {
      long lag = 0;
      for (int partition = 0; partition < partitions.size(); partition++) {
        lag += partitions.get(partition).size() - next.getOrDefault(partition, 0L);
      }
      return OptionalLong.of(lag);
    }

    @Override
    public void close() {}
  }
}
