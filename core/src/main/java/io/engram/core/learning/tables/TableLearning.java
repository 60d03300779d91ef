package io.engram.core.learning.tables;

import io.engram.core.algebra.Vectors;
import io.engram.core.guard.Past;
import io.engram.core.learning.Arrival;
import io.engram.core.learning.ClosedGroup;
import io.engram.core.learning.Divergence;
import io.engram.core.learning.Experience;
import io.engram.core.learning.Group;
import io.engram.core.learning.Learning;
import io.engram.core.learning.LifelongLearner;
import io.engram.core.learning.LifelongState;
import io.engram.core.learning.Remembering;
import io.engram.core.learning.TableOutcome;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TableState;
import io.engram.core.learning.TableState.Growth;
import io.engram.core.learning.TaskExamination;
import io.engram.core.learning.TaskExaminer;
import io.engram.core.learning.TaskHoldOut;
import io.engram.core.learning.tasks.ReplayReader;
import io.engram.core.memory.Offer;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.tables.Recent;
import io.engram.core.tables.TableModel;
import io.engram.core.tables.TableScale;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Learning on tables. For each group it
 *
 * <ol>
 *   <li>scores every task before learning from it, and
 *   <li>learns from each, before the next, how far to trust each expert, how far off answers are, and what they got wrong of late,
 *   <li>fits the model anew to the tasks remembered and those of the group, whenever a twentieth more have come,
 *   <li>decides which of the group's tasks to remember.
 * </ol>
 *
 * <p>Tasks that are held out are scored and nothing else; every version is asked about a sample of them. So are tasks in quarantine, which
 * nobody asks about.
 */
public final class TableLearning implements Learning<TableState, TableOutcome> {

  private final TableSettings settings;
  private final Lessons lessons;
  private final TableScorer scorer;
  private final TaskHoldOut holdOut;
  private final Remembering remembering;
  private final HeldOutTables heldOutScorer;
  private final TaskExaminer<TableModel> examiner;
  private @Nullable Course course;

  private TableLearning(TableSettings settings, ReplayReader reader) {
    this.settings = settings;
    this.lessons = new Lessons(settings.shape(), reader);
    this.scorer = new TableScorer(settings);
    this.holdOut = settings.heldOut();
    this.remembering = new Remembering(holdOut);
    this.heldOutScorer = new HeldOutTables(settings);
    this.examiner = new TaskExaminer<>(heldOutScorer, !settings.shape().classes());
  }

  /**
   * A learner of tables.
   *
   * @param reader reads the tasks that {@code state} remembers
   */
  public static LifelongLearner<TableState, TableOutcome> learner(
      TableSettings settings, TableState state, ReplayReader reader) {
    return new LifelongLearner<>(settings, state, new TableLearning(settings, reader));
  }

  @Override
  public void begin(TableState state, Group group) {
    // What it needs of the memory is read when the model is fitted, which is seldom.
  }

  @Override
  public void takeUp(TableState state, Group group) {
    Course taking = course == null ? new Course(settings.shape(), state) : course;
    course = taking;
    for (Arrival arrival : group.unscored()) {
      TableScorer.Answered answer = scorer.answer(taking.model(), arrival.scoring());
      group.scored(List.of(answer.score()));
      if (learned(arrival)) {
        taking.learn(answer);
      }
    }
  }

  private boolean learned(Arrival arrival) {
    return arrival.believed() && !holdOut.holdsOut(arrival.place());
  }

  @Override
  public TableOutcome decide(TableState state, Group group) {
    Course taken = course == null ? new Course(settings.shape(), state) : course;
    List<Arrival> learned = group.arrivals().stream().filter(this::learned).toList();
    TableModel model = taken.model();
    ClosedGroup whole = group.close();
    long tasks = whole.progress().tasks() - whole.guard().quarantined().all();
    Past past = whole.guard().past();
    if (past != null && past.until() != state.standing().guard().since()) {
      model = model.measuredBy(model.scale().after(past));
    }
    TableScale units = model.scale();
    Growth growth = state.growth();
    if (growth.due(tasks) && !learned.isEmpty()) {
      long seed = Seeds.derive(settings.seed(), Purpose.TREES, growth.fits());
      Lessons.Gathered gathered =
          new Lessons.Gathered(state.memory(), learned, group.labels(), past);
      model = lessons.fit(model, gathered, growth.measures(tasks), seed);
      growth = growth.after(tasks, Math.min(Lessons.MOST, state.memory().size()) + learned.size());
    }
    Recent recent = taken.recent();
    recent.measure(units, model.scale());
    model = model.correcting(recent);
    Experience experience = taken.experience(recent);
    boolean sound = sound(model, experience);
    ClosedGroup closed = group.close(sound ? List.of() : Divergence.ofAll(learned));
    List<Offer> offers = remembering.offers(closed, state.memory().arrivals());
    return new TableOutcome(
        closed,
        offers,
        remembering.decide(state.memory(), closed, offers),
        remembering.heldOut(state.heldOut(), closed, offers),
        sound ? model : state.model(),
        sound ? experience : state.experience(),
        growth);
  }

  /** Whether all numbers of what was learned are some; where not, nothing was. */
  private static boolean sound(TableModel model, Experience experience) {
    return Vectors.finite(model.flat())
        && Stream.of(experience.trust(), experience.doubt(), experience.recent())
            .flatMapToDouble(Arrays::stream)
            .allMatch(Double::isFinite);
  }

  @Override
  public TableState apply(TableState state, TableOutcome outcome) {
    course = null;
    remembering.apply(state.memory(), outcome.group(), outcome.offers(), outcome.admissions());
    lessons.follow(outcome);
    return new TableState(
        outcome.model(),
        outcome.experience(),
        outcome.growth(),
        state.memory(),
        outcome.heldOut(),
        holdOut.any() ? state.examination() : TaskExamination.none(),
        state.standing().after(outcome.group()));
  }

  @Override
  public TableState examine(TableState state) {
    if (!holdOut.any()) {
      return state;
    }
    heldOutScorer.knows(state.labels(), state.standing().guard().past());
    return state.with(
        examiner.of(
            state.model(), state.examination().best(), state.heldOut(), circumstances(state)));
  }

  /** With more classes, or after everything has changed, the same held-out tasks are other ones. */
  private static int circumstances(LifelongState state) {
    return 31 * (int) state.standing().guard().since() + state.labels().size();
  }
}
