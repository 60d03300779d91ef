package io.engram.core.learning.tasks;

import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.guard.Case;
import io.engram.core.learning.Arrival;
import io.engram.core.learning.ClosedGroup;
import io.engram.core.learning.Divergence;
import io.engram.core.learning.Group;
import io.engram.core.learning.Learning;
import io.engram.core.learning.LifelongLearner;
import io.engram.core.learning.LifelongState;
import io.engram.core.learning.Remembering;
import io.engram.core.learning.Scales;
import io.engram.core.learning.Stages;
import io.engram.core.learning.Stages.Stage;
import io.engram.core.learning.TaskExamination;
import io.engram.core.learning.TaskExaminer;
import io.engram.core.learning.TaskHoldOut;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.learning.TaskVersion;
import io.engram.core.learning.tasks.Replay.Replayed;
import io.engram.core.memory.Offer;
import io.engram.core.meta.MetaState;
import io.engram.core.meta.MetaStep;
import io.engram.core.meta.MetaTrainer;
import io.engram.core.network.Head;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.task.Episode;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Meta-learning with an episodic memory of tasks. For each group it
 *
 * <ol>
 *   <li>scores every task before learning from it,
 *   <li>takes {@code outerSteps} outer steps, each on fresh visits to the group's tasks and to remembered ones,
 *   <li>decides which of the group's tasks to remember.
 * </ol>
 *
 * <p>Tasks that are held out are scored and nothing else; every version is asked about a sample of them. So are tasks in quarantine, which
 * nobody asks about. No task moves θ, α or their moments further than the settings' limits allow; where they are ruined all the same, the group
 * has taught nothing.
 */
public final class TaskLearning implements Learning<TaskState, TaskOutcome> {

  private final TaskSettings settings;
  private final Replay replay;
  private final MetaTrainer trainer;
  private final TaskScorer scorer;
  private final TrainingVisits visits;
  private final TaskHoldOut holdOut;
  private final Remembering remembering;
  private final HeldOutScorer heldOutScorer;
  private final TaskExaminer<TaskVersion> examiner;
  private final int tensors;
  private final Stages stages;
  private final Runnable computed;

  private MetaState spare;

  private TaskLearning(
      TaskSettings settings,
      MetaProgram program,
      TaskState state,
      ReplayReader reader,
      Stages stages) {
    this.stages = stages;
    this.computed = () -> stages.ended(Stage.GRADIENT);
    this.settings = settings;
    this.replay = new Replay(settings, reader);
    this.trainer = new MetaTrainer(program, settings.meta(), settings.basics().limits().step());
    this.scorer = new TaskScorer(program, settings);
    this.visits = new TrainingVisits(settings);
    this.holdOut = settings.heldOut();
    this.remembering = new Remembering(holdOut);
    this.heldOutScorer = new HeldOutScorer(settings, scorer);
    this.examiner =
        new TaskExaminer<>(heldOutScorer, settings.network().head() == Head.MEAN_SQUARED_ERROR);
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
    return learner(settings, program, state, reader, Stages.UNHEARD);
  }

  /**
   * The same.
   *
   * @param stages hears how far it is
   */
  public static LifelongLearner<TaskState, TaskOutcome> learner(
      TaskSettings settings,
      MetaProgram program,
      TaskState state,
      ReplayReader reader,
      Stages stages) {
    return new LifelongLearner<>(
        settings, state, new TaskLearning(settings, program, state, reader, stages));
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
      stages.ended(Stage.SCORE);
    }
  }

  @Override
  public void begin(TaskState state, Group group) {
    List<Arrival> learned = learned(group);
    if (!learned.isEmpty()) {
      replay.begin(state.memory(), learned, state.meta().updates());
      stages.ended(Stage.DRAW);
    }
  }

  @Override
  public TaskOutcome decide(TaskState state, Group group) {
    spare.copyFrom(state.meta());
    List<MetaStep> steps = learn(spare, group);
    ClosedGroup closed = group.close(diverged(state, group, steps));
    List<Offer> offers = remembering.offers(closed, state.memory().arrivals());
    return new TaskOutcome(
        closed,
        offers,
        remembering.decide(state.memory(), closed, offers),
        remembering.heldOut(state.heldOut(), closed, offers),
        spare,
        steps);
  }

  /** Who went wrong; all of them where the outer steps have ruined θ or what moves it, which then is as it was before. */
  private List<Case> diverged(TaskState state, Group group, List<MetaStep> steps) {
    if (spare.finite()) {
      return Divergence.of(group, learned(group), group.scores(), steps);
    }
    spare.copyFrom(state.meta());
    return Divergence.ofAll(learned(group));
  }

  /** The group's tasks that are learned from. */
  private List<Arrival> learned(Group group) {
    return group.arrivals().stream()
        .filter(it -> it.believed() && !holdOut.holdsOut(it.place()))
        .toList();
  }

  @Override
  public TaskState apply(TaskState state, TaskOutcome outcome) {
    remembering.apply(state.memory(), outcome.group(), outcome.offers(), outcome.admissions());
    replay.apply(outcome);
    spare = state.meta();
    return new TaskState(
        outcome.meta(),
        state.memory(),
        outcome.heldOut(),
        holdOut.any() ? state.examination() : TaskExamination.none(),
        state.standing().after(outcome.group()));
  }

  @Override
  public TaskState examine(TaskState state) {
    if (!holdOut.any()) {
      return state;
    }
    heldOutScorer.knows(state.labels(), state.standing().guard().past());
    return state.with(
        examiner.of(
            TaskVersion.of(state),
            state.examination().best(),
            state.heldOut(),
            circumstances(state)));
  }

  private List<MetaStep> learn(MetaState meta, Group group) {
    List<Arrival> learned = learned(group);
    int count = learned.isEmpty() ? 0 : settings.outer().count();
    List<MetaStep> steps = new ArrayList<>(count);
    for (int step = 0; step < count; step++) {
      List<Episode> batch = batch(meta.updates(), group, learned, replay.tasks(step));
      replay.release();
      stages.ended(Stage.DRAW);
      steps.add(trainer.step(meta, batch, computed));
      stages.ended(Stage.OUTER);
    }
    return steps;
  }

  /**
   * The meta-batch of one outer step: the group's tasks, then remembered ones, each on a fresh visit. Shares no array with the remembered
   * tasks.
   */
  private List<Episode> batch(
      long update, Group group, List<Arrival> learned, List<Replayed> drawn) {
    List<Task> tasks = new ArrayList<>();
    List<Scales> scales = new ArrayList<>();
    for (Arrival arrival : learned) {
      tasks.add(arrival.task());
      scales.add(group.learningScales());
    }
    List<Task> remembered = new ArrayList<>();
    for (Replayed it : drawn) {
      Optional<Scales> measured = group.scalesOf(it.task(), it.arrival());
      if (measured.isPresent()) {
        remembered.add(it.task());
        scales.add(measured.get());
      }
    }
    // Classes of raw features are mixed, and nothing has ever measured those otherwise.
    tasks.addAll(settings.outer().mixClasses() ? mixed(remembered, update) : remembered);
    List<Episode> batch = new ArrayList<>(tasks.size());
    for (int i = 0; i < tasks.size(); i++) {
      long seed = Seeds.derive(settings.seed(), Purpose.EPISODE_SPLIT, update, i);
      batch.add(visits.make(tasks.get(i), group.labels(), scales.get(i), seed));
    }
    return batch;
  }

  private List<Task> mixed(List<Task> replayed, long update) {
    long seed = Seeds.derive(settings.seed(), Purpose.REPLAY_DRAW, update, 1);
    return ClassMix.of(replayed, new RandomStream(seed));
  }

  /** With more classes, or after everything has changed, the same held-out tasks are other ones. */
  private static int circumstances(LifelongState state) {
    return 31 * (int) state.standing().guard().since() + state.labels().size();
  }
}
