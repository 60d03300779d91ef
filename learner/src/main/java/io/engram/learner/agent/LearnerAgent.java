package io.engram.learner.agent;

import io.engram.core.learning.GroupOutcome;
import io.engram.core.learning.LifelongLearner;
import io.engram.core.learning.LifelongSettings;
import io.engram.core.learning.LifelongState;
import io.engram.core.learning.Reception;
import io.engram.core.meta.MetaStep;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Task;
import io.engram.learner.agent.LearnerStore.Committed;
import io.engram.learner.agent.Phases.Phase;
import io.engram.learner.agent.Resumption.Resumed;
import io.engram.learner.agent.TaskLog.Entry;
import io.engram.model.Measure;
import io.engram.model.TaskCodec;
import io.engram.schemas.TraceContext;
import io.engram.schemas.WireException;
import io.engram.servicekit.log.CountedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The learner's duty cycle: poll the log, show each task to the state machine, and for each complete group decide, apply,
 * commit, publish, in that order: nothing leaves the process before it is durable, and if committing fails the agent is over
 * and its memory with it. Everything it owns is touched by its one thread only; what the learner reads ahead on another ({@link
 * ReadAhead}) ends with {@link #run}.
 *
 * @param <S> what its learner is between two groups
 * @param <O> what it makes of a group
 */
public final class LearnerAgent<S extends LifelongState, O extends GroupOutcome> {

  private static final Logger LOG = LoggerFactory.getLogger(LearnerAgent.class);
  private final CountedLog counted = CountedLog.to(LOG);
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final TaskLog log;
  private final LearnerStore<S, O> store;
  private final Publishing publishing;
  private final CandidateFactory candidates;
  private final BackupDesk backups;
  private final StatusBoard status;
  private final Resumed<S, O> resumed;
  private final LifelongLearner<S, O> learner;
  private final Map<LogPosition, byte[]> waitingRecords = new HashMap<>();
  private final List<TraceContext> waitingTraces = new ArrayList<>();
  private final List<LogPosition> shown = new ArrayList<>();
  private final QuarantineReport quarantineReport = new QuarantineReport();
  private final StageClock clock;
  private final MergeOrder order;
  private final Bulletin bulletin;
  private Publication publication;

  /** Loads the committed state and takes its place in the log. */
  public LearnerAgent(
      LifelongSettings settings,
      Publishing publishing,
      Resumption<S, O> resumption,
      TaskLog log,
      LearnerStore<S, O> store,
      BackupDesk backups,
      StatusBoard status) {
    this.log = log;
    this.store = store;
    this.publishing = publishing;
    this.backups = backups;
    this.status = status;
    this.candidates =
        new CandidateFactory(publishing.modelName(), settings, publishing.provenance());
    Optional<Committed<S>> committed = store.load();
    S state = committed.map(Committed::state).orElseGet(resumption::initial);
    this.publication = committed.map(Committed::publication).orElse(Publication.NONE);
    this.bulletin = new Bulletin(Measure.of(settings.network().head()));
    this.order = new MergeOrder(store.recordedOrder());
    this.clock = new StageClock(status.phases());
    this.resumed = resumption.from(state, store, clock);
    this.learner = resumed.learner();
  }

  /** Runs until {@code stopping}, once. Whatever it throws has stopped it; what was committed stands. */
  public void run(BooleanSupplier stopping) {
    try (resumed) {
      learn(stopping);
    }
  }

  private void learn(BooleanSupplier stopping) {
    if (!awaitLog(stopping)) {
      return;
    }
    S state = learner.state();
    for (TaskLog.Gap gap : log.seek(state.progress().nextOffsets())) {
      LOG.warn(
          "partition {} of the tasks topic starts at offset {}, but the learner had come to {}: {} tasks were deleted by retention before they were learned from",
          gap.partition(),
          gap.found(),
          gap.expected(),
          gap.found() - gap.expected());
    }
    republish(state);
    status.update(learner, log.lag());
    while (!stopping.getAsBoolean()) {
      status.turned();
      backups.serve(store::backup);
      List<Entry> entries = log.poll(PATIENCE);
      if (entries.isEmpty()) {
        clock.begin();
        learner.takeUpWaiting();
        publishing.sink().waiting(learner::seen);
        status.update(learner, log.lag());
      }
      take(order.admit(entries), stopping);
    }
  }

  private void take(List<Entry> entries, BooleanSupplier stopping) {
    recordOrder(entries);
    for (int i = 0; i < entries.size() && !stopping.getAsBoolean(); i++) {
      if (receive(entries.get(i))) {
        backups.serve(store::backup);
        recordOrder(entries.subList(i + 1, entries.size()));
      }
    }
  }

  /** Written ahead, because a restart must show them in the same order. One partition has but one order. */
  private void recordOrder(List<Entry> next) {
    if (!log.merges()) {
      return;
    }
    Set<LogPosition> all = new LinkedHashSet<>(shown);
    next.stream().map(Entry::position).filter(it -> !learner.seen(it)).forEach(all::add);
    if (all.size() > shown.size()) {
      store.recordOrder(List.copyOf(all));
    }
  }

  private boolean awaitLog(BooleanSupplier stopping) {
    boolean said = false;
    while (!log.exists()) {
      if (stopping.getAsBoolean()) {
        return false;
      }
      status.turned();
      backups.serve(store::backup);
      if (!said) {
        LOG.info("waiting for the tasks topic; ingest creates it");
        said = true;
      }
      LockSupport.parkNanos(PATIENCE.toNanos());
    }
    return true;
  }

  /** Whether that completed a group, which was learned from and committed. */
  private boolean receive(Entry entry) {
    status.turned();
    long since = System.nanoTime();
    Reception reception = entry.end() ? end(entry) : show(entry);
    status.phases().done(Phase.SHOW, since);
    if (!(reception instanceof Reception.Duplicate)) {
      shown.add(entry.position());
    }
    if (reception instanceof Reception.Refused refused) {
      counted.warn(
          "task refused",
          "task at {} cannot be learned from: {}",
          entry.position(),
          refused.reason());
    } else if (!entry.end() && !(reception instanceof Reception.Duplicate)) {
      waitingRecords.put(entry.position(), entry.value());
      if (entry.trace() != null) {
        waitingTraces.add(entry.trace());
      }
    }
    boolean complete = reception instanceof Reception.GroupComplete;
    if (complete) {
      learnFromGroup(entry.end());
    }
    return complete;
  }

  /** A source that brought nothing since the newest candidate leaves nothing to be done at its end. */
  private Reception end(Entry entry) {
    boolean nothingNew =
        learner.waiting().isEmpty() && learner.state().progress().groups() == candidateGroups();
    return nothingNew ? learner.pass(entry.position()) : learner.end(entry.position());
  }

  private Reception show(Entry entry) {
    Optional<String> tooLarge = learner.tooLarge(entry.value().length);
    if (tooLarge.isPresent()) {
      return learner.refuse(entry.position(), tooLarge.get());
    }
    Task task;
    try {
      task = TaskCodec.decode(entry.value());
    } catch (WireException e) {
      return learner.refuse(entry.position(), String.valueOf(e.getMessage()));
    }
    return learner.show(task, entry.position(), entry.value().length);
  }

  /**
   * @param last whether a source ended with it: a version is made of it at once
   */
  private void learnFromGroup(boolean last) {
    clock.begin();
    O outcome = learner.decide();
    List<byte[]> records =
        outcome.arrivals().stream()
            .map(arrival -> waitingRecords.getOrDefault(arrival.position(), new byte[0]))
            .toList();
    learner.apply(outcome);
    clock.ended(Phase.LEARN);
    Optional<TraceContext> trace = closingTrace();
    Optional<Candidate> candidate = dueCandidate(last).map(it -> it.of(trace));
    candidate.ifPresent(due -> publication = publication.next(due.id()));
    if (candidate.isPresent()) {
      clock.ended(Phase.EXAMINE);
    }
    store.commit(outcome, records, learner.state(), publication);
    clock.ended(Phase.STORE);
    waitingRecords.clear();
    shown.clear();
    reportLeftOut(outcome);
    quarantineReport.tell(outcome.group().quarantined());
    candidate.ifPresent(
        due -> {
          waitingTraces.clear();
          publish(due);
        });
    status.update(learner, log.lag());
  }

  /** Whose work led to what was learned since the newest candidate; from now on this alone stands for it. */
  private Optional<TraceContext> closingTrace() {
    Optional<TraceContext> trace = TraceContext.closing(waitingTraces);
    waitingTraces.clear();
    trace.ifPresent(waitingTraces::add);
    return trace;
  }

  /** Numbers that are not finite stay inside their episode, but a learner that leaves out many has step sizes it cannot bear. */
  private void reportLeftOut(O outcome) {
    int episodes = 0;
    int leftOut = 0;
    for (MetaStep step : outcome.steps()) {
      episodes += step.episodes();
      leftOut += step.episodes() - step.contributing();
    }
    if (leftOut > 0) {
      status.leftOut(leftOut);
      LOG.warn(
          "{} of {} episodes gave numbers that are not finite and were left out; lower inner-step-size or meta-step",
          leftOut,
          episodes);
    }
  }

  private Optional<Candidate> dueCandidate(boolean last) {
    if (!last && learner.state().progress().groups() % publishing.every() != 0) {
      return Optional.empty();
    }
    learner.examine();
    return Optional.of(candidates.make(learner.state(), publication.candidateId()));
  }

  /** After a crash between commit and publish the newest candidate may be missing; the registry takes an id once. */
  private void republish(S state) {
    if (state.progress().groups() > 0 && state.progress().groups() == candidateGroups()) {
      Candidate candidate = candidates.make(state, publication.parentId());
      // A rebuilt state is no candidate yet: its publication names the champion it came from.
      if (candidate.id().equals(publication.candidateId())) {
        publish(candidate);
      }
    }
  }

  /** The group that the newest candidate was made after; 0 while there is none. */
  private long candidateGroups() {
    String id = publication.candidateId();
    return id == null ? 0 : CandidateIds.groups(id);
  }

  private void publish(Candidate candidate) {
    long since = System.nanoTime();
    publishing.sink().publish(candidate);
    long now = status.phases().done(Phase.PUBLISH, since);
    status.published();
    bulletin.published(
        now,
        candidate.id(),
        candidate.manifest().getLineage().getTasks(),
        learner.state().scores().lastWindow(),
        log.lag());
  }
}
