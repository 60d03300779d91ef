package io.engram.core.learning.tasks;

import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.evaluation.TaskScore;
import io.engram.core.learning.Arrival;
import io.engram.core.learning.ClosedGroup;
import io.engram.core.learning.Group;
import io.engram.core.learning.Learning;
import io.engram.core.learning.LifelongLearner;
import io.engram.core.learning.Scales;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.memory.Admission;
import io.engram.core.memory.Offer;
import io.engram.core.meta.MetaState;
import io.engram.core.meta.MetaStep;
import io.engram.core.meta.MetaTrainer;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.task.Episode;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * Meta-learning with an episodic memory of tasks. For each group it
 *
 * <ol>
 *   <li>scores every task before learning from it,
 *   <li>takes {@code outerSteps} outer steps, each on fresh visits to the group's tasks and to remembered ones,
 *   <li>decides which of the group's tasks to remember.
 * </ol>
 */
public final class TaskLearning implements Learning<TaskState, TaskOutcome> {

  private static final float LARGEST_SURPRISE = 10f;

  private final TaskSettings settings;
  private final Replay replay;
  private final MetaTrainer trainer;
  private final TaskScorer scorer;
  private final TrainingVisits visits;
  private final int tensors;

  private MetaState spare;

  private TaskLearning(
      TaskSettings settings, MetaProgram program, TaskState state, ReplayReader reader) {
    this.settings = settings;
    this.replay = new Replay(settings, reader);
    this.trainer = new MetaTrainer(program, settings.meta());
    this.scorer = new TaskScorer(program, settings);
    this.visits = new TrainingVisits(settings);
    this.tensors = settings.network().layout().tensors().size();
    this.spare = state.meta().copy();
  }

  /**
   * A learner of tasks.
   *
   * @param reader reads the tasks that {@code state} remembers
   * @throws io.engram.core.compute.UnsupportedNetworkException if the program cannot run the algorithm
   */
  public static LifelongLearner<TaskState, TaskOutcome> learner(
      TaskSettings settings, MetaProgram program, TaskState state, ReplayReader reader) {
    return new LifelongLearner<>(
        settings, state, new TaskLearning(settings, program, state, reader));
  }

  @Override
  public void takeUp(TaskState state, Group group) {
    List<Arrival> unscored = group.unscored();
    if (!unscored.isEmpty()) {
      group.scored(
          scorer.score(
              state.meta().theta(),
              state.meta().innerLoop(settings.meta(), tensors),
              unscored.stream().map(Arrival::scoring).toList(),
              group.unscoredDeviations()));
    }
  }

  @Override
  public void begin(TaskState state, Group group) {
    if (!group.arrivals().isEmpty()) {
      replay.begin(state.memory(), group.arrivals(), state.meta().updates());
    }
  }

  @Override
  public TaskOutcome decide(TaskState state, Group group) {
    spare.copyFrom(state.meta());
    List<MetaStep> steps = learn(spare, group);
    ClosedGroup closed = group.close();
    List<Offer> offers = offers(closed, state.memory().arrivals());
    List<Admission> admissions = state.memory().decide(offers);
    return new TaskOutcome(closed, offers, admissions, spare, steps);
  }

  @Override
  public TaskState apply(TaskState state, TaskOutcome outcome) {
    state.memory().apply(outcome.offers(), outcome.admissions());
    replay.apply(outcome);
    spare = state.meta();
    return new TaskState(outcome.meta(), state.memory(), state.standing().after(outcome.group()));
  }

  @Override
  public TaskState examine(TaskState state) {
    return state;
  }

  /** The group's tasks as they are offered to a memory that has been offered {@code arrivedBefore} tasks. */
  private static List<Offer> offers(ClosedGroup group, long arrivedBefore) {
    List<Offer> offers = new ArrayList<>(group.arrivals().size());
    for (int i = 0; i < group.arrivals().size(); i++) {
      Arrival arrival = group.arrivals().get(i);
      offers.add(
          new Offer(
              arrival.position(),
              arrival.task().key(),
              arrival.task().classes(),
              arrivedBefore + i,
              arrival.bytes(),
              surprise(arrival.task(), group.scores().get(i))));
    }
    return offers;
  }

  /** 1 − accuracy, or squared error against that of the untrained parameters; a task that went wrong is a surprise too. */
  private static float surprise(Task task, TaskScore score) {
    double surprise = task.classification() ? 1 - score.model() : score.model() / score.untrained();
    return surprise >= 0 && surprise < LARGEST_SURPRISE ? (float) surprise : LARGEST_SURPRISE;
  }

  private List<MetaStep> learn(MetaState meta, Group group) {
    int count = group.arrivals().isEmpty() ? 0 : settings.outer().count();
    List<MetaStep> steps = new ArrayList<>(count);
    for (int step = 0; step < count; step++) {
      List<Episode> batch = batch(meta.updates(), group, replay.tasks(step));
      replay.release();
      steps.add(trainer.step(meta, batch));
    }
    return steps;
  }

  /**
   * The meta-batch of one outer step: the group's tasks, then remembered ones, each on a fresh visit. Shares no array with the remembered
   * tasks.
   */
  private List<Episode> batch(long update, Group group, List<Task> remembered) {
    Scales scales = group.learningScales();
    List<Task> tasks = new ArrayList<>();
    group.arrivals().forEach(arrival -> tasks.add(arrival.task()));
    tasks.addAll(settings.outer().mixClasses() ? mixed(remembered, update) : remembered);
    List<Episode> batch = new ArrayList<>(tasks.size());
    for (int i = 0; i < tasks.size(); i++) {
      long seed = Seeds.derive(settings.seed(), Purpose.EPISODE_SPLIT, update, i);
      batch.add(visits.make(tasks.get(i), group.labels(), scales, seed));
    }
    return batch;
  }

  private List<Task> mixed(List<Task> replayed, long update) {
    long seed = Seeds.derive(settings.seed(), Purpose.REPLAY_DRAW, update, 1);
    return ClassMix.of(replayed, new RandomStream(seed));
  }
}
