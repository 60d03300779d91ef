package io.engram.core.lifelong;

import io.engram.core.compute.MetaProgram;
import io.engram.core.evaluation.TaskScore;
import io.engram.core.memory.Admission;
import io.engram.core.memory.Offer;
import io.engram.core.meta.MetaState;
import io.engram.core.meta.MetaStep;
import io.engram.core.meta.MetaTrainer;
import io.engram.core.network.InitialParameters;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.task.Episode;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lifelong learner. Tasks are shown to it in log order; every {@code groupSize} of them make a group, which is cut by arrival and
 * never by time or poll size. For each group it
 *
 * <ol>
 *   <li>scores every task before learning from it,
 *   <li>takes {@code outerSteps} outer steps, each on fresh visits to the group's tasks and to remembered ones,
 *   <li>decides which of the group's tasks to remember.
 * </ol>
 *
 * {@link #decide()} changes nothing that matters to a later one; {@link #apply} is total. Nothing of an outcome may leave the process
 * before a store has made it durable. Owned by one thread.
 */
public final class LifelongLearner {

  private final LifelongSettings settings;
  private final Replay replay;
  private final MetaTrainer trainer;
  private final TaskScorer scorer;
  private final Episodes episodes;
  private final TaskCheck check;
  private final int tensors;

  private LifelongState state;
  private MetaState spare;
  private Group group;

  public LifelongLearner(
      LifelongSettings settings, MetaProgram program, LifelongState state, ReplayReader reader) {
    this.settings = settings;
    this.replay = new Replay(settings, reader);
    this.trainer = new MetaTrainer(program, settings.meta());
    float[] untrained =
        InitialParameters.of(settings.network(), settings.seed(), settings.zeroHead());
    this.scorer = new TaskScorer(program, settings, untrained);
    this.episodes = new Episodes(settings);
    this.check = new TaskCheck(settings.network());
    this.tensors = settings.network().layout().tensors().size();
    this.state = state;
    this.spare = state.meta().copy();
    this.group = new Group(settings, state);
  }

  /** The state after the last applied group. */
  public LifelongState state() {
    return state;
  }

  /** Tasks that wait for their group to fill, oldest first. */
  public List<Arrival> waiting() {
    return group.arrivals();
  }

  /**
   * Shows the task at {@code position}. A record that was shown before is recognised and changes nothing.
   *
   * @param bytes its size as it came, which is what it takes of the memory
   */
  public Reception show(Task task, LogPosition position, int bytes) {
    if (group.seen(position)) {
      return new Reception.Duplicate();
    }
    Optional<String> refusal = check.refuse(task, settings.labelSpace(), group.labels());
    if (refusal.isPresent()) {
      return refuse(position, refusal.get());
    }
    long seed =
        Seeds.derive(settings.seed(), Purpose.SCORING, position.partition(), position.offset());
    group.join(
        task, position, bytes, scales -> episodes.forScoring(task, group.labels(), scales, seed));
    return group.full() ? new Reception.GroupComplete() : new Reception.Waiting();
  }

  /** Whether what stands at {@code position} was shown before. */
  public boolean seen(LogPosition position) {
    return group.seen(position);
  }

  /** Moves past a record that is no task. */
  public Reception refuse(LogPosition position, String reason) {
    if (group.seen(position)) {
      return new Reception.Duplicate();
    }
    group.pass(position);
    return new Reception.Refused(reason);
  }

  /** Records refused since the last applied group. */
  public long waitingRefused() {
    return group.refused();
  }

  /** Scores of those waiting tasks that have one yet, oldest first. */
  public List<TaskScore> waitingScores() {
    return group.scores();
  }

  /** Scores of the waiting tasks, oldest first; each task is scored once, by the θ it arrived at. */
  public List<TaskScore> scoreWaiting() {
    List<Arrival> unscored = group.unscored();
    if (!unscored.isEmpty()) {
      group.scored(
          scorer.score(
              state.meta().theta(),
              state.meta().innerLoop(settings.meta(), tensors),
              unscored.stream().map(Arrival::scoring).toList(),
              group.unscoredDeviations()));
    }
    return group.scores();
  }

  /**
   * Decides what follows from the complete group.
   *
   * @throws IllegalStateException if the group is not complete
   */
  public GroupOutcome decide() {
    if (!group.full()) {
      throw new IllegalStateException(
          "a group needs %d tasks, %d wait".formatted(settings.groupSize(), waiting().size()));
    }
    replay.begin(state.memory(), waiting(), state.meta().updates());
    List<TaskScore> scores = scoreWaiting();
    spare.copyFrom(state.meta());
    List<MetaStep> steps = learn(spare);
    List<Offer> offers = group.offers(state.memory().arrivals());
    List<Admission> admissions = state.memory().decide(offers);
    return group.outcome(scores, offers, admissions, spare, steps);
  }

  /** Makes an outcome the state. Never fails on an outcome of this learner's own. */
  public void apply(GroupOutcome outcome) {
    state.memory().apply(outcome.offers(), outcome.admissions());
    replay.apply(outcome);
    outcome.scores().forEach(state.scores()::add);
    spare = state.meta();
    state =
        new LifelongState(
            outcome.meta(),
            state.memory(),
            state.scores(),
            outcome.labels(),
            outcome.inputScale(),
            outcome.targetScale(),
            outcome.progress());
    group = new Group(settings, state);
  }

  private List<MetaStep> learn(MetaState meta) {
    List<MetaStep> steps = new ArrayList<>(settings.outerSteps());
    for (int step = 0; step < settings.outerSteps(); step++) {
      List<Episode> batch = batch(meta.updates(), replay.tasks(step));
      replay.release();
      steps.add(trainer.step(meta, batch));
    }
    return steps;
  }

  /**
   * The meta-batch of one outer step: the group's tasks, then remembered ones, each on a fresh visit. Shares no array with the remembered
   * tasks.
   */
  private List<Episode> batch(long update, List<Task> remembered) {
    Scales scales = group.learningScales();
    List<Task> tasks = new ArrayList<>();
    waiting().forEach(arrival -> tasks.add(arrival.task()));
    tasks.addAll(settings.mixClasses() ? mixed(remembered, update) : remembered);
    List<Episode> batch = new ArrayList<>(tasks.size());
    for (int i = 0; i < tasks.size(); i++) {
      long seed = Seeds.derive(settings.seed(), Purpose.EPISODE_SPLIT, update, i);
      batch.add(episodes.forLearning(tasks.get(i), group.labels(), scales, seed));
    }
    return batch;
  }

  private List<Task> mixed(List<Task> replayed, long update) {
    long seed = Seeds.derive(settings.seed(), Purpose.REPLAY_DRAW, update, 1);
    return ClassMix.of(replayed, new RandomStream(seed));
  }
}
