package io.engram.core.lifelong;

import io.engram.core.compute.MetaProgram;
import io.engram.core.continual.ContinualState;
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
final class TaskLearning implements Learning {

  private final LifelongSettings settings;
  private final Replay replay;
  private final MetaTrainer trainer;
  private final TaskScorer scorer;
  private final Episodes episodes;
  private final int tensors;

  private MetaState spare;

  TaskLearning(
      LifelongSettings settings, MetaProgram program, LifelongState state, ReplayReader reader) {
    this.settings = settings;
    this.replay = new Replay(settings, reader);
    this.trainer = new MetaTrainer(program, settings.meta());
    float[] untrained =
        InitialParameters.of(settings.network(), settings.seed(), settings.zeroHead());
    this.scorer = new TaskScorer(program, settings, untrained);
    this.episodes = new Episodes(settings);
    this.tensors = settings.network().layout().tensors().size();
    this.spare = state.meta().copy();
  }

  @Override
  public void score(LifelongState state, Group group) {
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
  public void begin(LifelongState state, Group group) {
    replay.begin(state.memory(), group.arrivals(), state.meta().updates());
  }

  @Override
  public GroupOutcome decide(LifelongState state, Group group) {
    spare.copyFrom(state.meta());
    List<MetaStep> steps = learn(spare, group);
    List<Offer> offers = group.offers(state.memory().arrivals());
    List<Admission> admissions = state.memory().decide(offers);
    return group.outcome(offers, admissions, spare, ContinualState.NONE, HeldOut.NONE, steps);
  }

  @Override
  public Examination examine(LifelongState state) {
    return Examination.NONE;
  }

  @Override
  public void apply(LifelongState state, GroupOutcome outcome) {
    state.memory().apply(outcome.offers(), outcome.admissions());
    replay.apply(outcome);
    spare = state.meta();
  }

  private List<MetaStep> learn(MetaState meta, Group group) {
    List<MetaStep> steps = new ArrayList<>(settings.outerSteps());
    for (int step = 0; step < settings.outerSteps(); step++) {
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
