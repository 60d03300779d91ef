package io.engram.learner.agent;

import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.learning.tasks.Inheritance;
import io.engram.core.learning.tasks.Reconstruction;
import io.engram.core.memory.Admission;
import io.engram.learner.agent.TaskLog.Entry;
import io.engram.model.TaskCodec;
import io.engram.schemas.WireException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A learner of tasks whose store is empty although a version of its model is published has lost its disk: θ is taken from the champion, the
 * memory from the log, and both are committed before it learns on. Cut short at any instant it begins again.
 */
public final class Rebuild implements Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
  private static final Duration PATIENCE = Duration.ofMillis(100);
  private static final int TASKS_BETWEEN_NEWS = 10_000;

  private final TaskSettings settings;
  private final TaskStore store;
  private final TaskLog log;
  private final PublishedModels published;

  public Rebuild(TaskSettings settings, TaskStore store, TaskLog log, PublishedModels published) {
    this.settings = settings;
    this.store = store;
    this.log = log;
    this.published = published;
  }

  @Override
  public Optional<Report> ifLost() {
    Optional<Report> report = Recovery.lost(store, published).map(this::from);
    report.ifPresent(it -> LOG.warn("{}", it));
    return report;
  }

  private Report from(Candidate champion) {
    long groups = Math.max(published.newestGroup(), CandidateIds.groups(champion.id()));
    // One more than all that were counted, so that no candidate to come bears the id of one that
    // is.
    Inheritance all = new ChampionReader(settings, champion).read(groups + 1);
    Inheritance inheritance = withinLog(all);
    Reconstruction reconstruction = new Reconstruction(settings, inheritance);
    if (!inheritance.past().nextOffsets().isEmpty()) {
      remember(reconstruction, inheritance);
    }
    TaskState state = reconstruction.state();
    store.adopt(state, new Publication(champion.id(), null));
    return new Report(
        champion.id(), all.past().tasks(), reconstruction.tasks(), state.memory().size());
  }

  /** A log that ends before the champion's place in it is another one than it learned from: read from the beginning. */
  private Inheritance withinLog(Inheritance inheritance) {
    Map<Integer, Long> ends = log.exists() ? log.ends() : Map.of();
    Map<Integer, Long> offsets = new HashMap<>(inheritance.past().nextOffsets());
    offsets.entrySet().removeIf(it -> it.getValue() > ends.getOrDefault(it.getKey(), 0L));
    if (offsets.size() < inheritance.past().nextOffsets().size()) {
      LOG.warn(
          "the tasks topic ends at {}, before the champion's place {}: it is a new one and is learned from its beginning",
          ends,
          inheritance.past().nextOffsets());
    }
    return inheritance.at(offsets);
  }

  private void remember(Reconstruction reconstruction, Inheritance inheritance) {
    log.seek(Map.of());
    while (!log.passed(inheritance.past().nextOffsets())) {
      for (Entry entry : log.poll(PATIENCE)) {
        if (reconstruction.lacks(entry.position())) {
          remember(reconstruction, entry);
        }
      }
    }
  }

  private void remember(Reconstruction reconstruction, Entry entry) {
    if (entry.end()) {
      reconstruction.pass(entry.position());
      return;
    }
    Admission admission;
    try {
      admission =
          reconstruction.show(
              TaskCodec.decode(entry.value()), entry.position(), entry.value().length);
    } catch (WireException e) {
      LOG.debug("no task at {}: {}", entry.position(), e.getMessage());
      reconstruction.refuse(entry.position());
      return;
    }
    if (admission instanceof Admission.Kept kept) {
      kept.emptied().forEach(store::forget);
      store.remember(kept.slot(), entry.value());
    }
    if (reconstruction.tasks() % TASKS_BETWEEN_NEWS == 0) {
      LOG.info("rebuilding the memory: {} tasks read", reconstruction.tasks());
    }
  }
}
