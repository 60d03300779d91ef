package io.engram.core.learning.tables;

import io.engram.core.baseline.Mixture;
import io.engram.core.learning.Arrival;
import io.engram.core.learning.ClosedGroup;
import io.engram.core.learning.Group;
import io.engram.core.learning.Learning;
import io.engram.core.learning.LifelongLearner;
import io.engram.core.learning.Offers;
import io.engram.core.learning.TableOutcome;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TableState;
import io.engram.core.learning.TableState.Growth;
import io.engram.core.learning.tasks.ReplayReader;
import io.engram.core.memory.Admission;
import io.engram.core.memory.Offer;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.tables.Doubt;
import io.engram.core.tables.TableModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Learning on tables. For each group it
 *
 * <ol>
 *   <li>scores every task before learning from it,
 *   <li>learns from each how far to trust each expert, and how far off answers are,
 *   <li>fits the model anew to the tasks remembered and those of the group, whenever a tenth more have come,
 *   <li>decides which of the group's tasks to remember.
 * </ol>
 */
public final class TableLearning implements Learning<TableState, TableOutcome> {

  private final TableSettings settings;
  private final Lessons lessons;
  private final TableScorer scorer;
  private final List<TableScorer.Answered> answered = new ArrayList<>();

  private TableLearning(TableSettings settings, ReplayReader reader) {
    this.settings = settings;
    this.lessons = new Lessons(settings.shape(), reader);
    this.scorer = new TableScorer(settings);
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
    for (Arrival arrival : group.unscored()) {
      TableScorer.Answered answer = scorer.answer(state.model(), arrival.scoring());
      answered.add(answer);
      group.scored(List.of(answer.score()));
    }
  }

  @Override
  public TableOutcome decide(TableState state, Group group) {
    Mixture trust = settings.shape().mixture();
    trust.restore(state.trust());
    Doubt doubt = new Doubt();
    doubt.restore(state.doubt());
    for (TableScorer.Answered it : answered) {
      trust.learn(it.experts(), it.labels());
      if (!settings.shape().classes()) {
        doubt.learn(it.question(), it.experts(), it.answers(), it.labels());
      }
    }
    answered.clear();
    TableModel model = state.model().trusting(trust.weights()).doubting(doubt);
    ClosedGroup closed = group.close();
    long tasks = closed.progress().tasks();
    Growth growth = state.growth();
    if (growth.due(tasks)) {
      long seed = Seeds.derive(settings.seed(), Purpose.TREES, growth.fits());
      model = lessons.fit(model, state.memory(), group, growth.measures(tasks), seed);
      growth =
          growth.after(
              tasks, Math.min(Lessons.MOST, state.memory().size()) + group.arrivals().size());
    }
    List<Offer> offers = Offers.of(closed, state.memory().arrivals());
    List<Admission> admissions = state.memory().decide(offers);
    return new TableOutcome(closed, offers, admissions, model, trust.save(), doubt.save(), growth);
  }

  @Override
  public TableState apply(TableState state, TableOutcome outcome) {
    state.memory().apply(outcome.offers(), outcome.admissions());
    lessons.follow(outcome.admissions());
    return new TableState(
        outcome.model(),
        outcome.trust(),
        outcome.doubt(),
        outcome.growth(),
        state.memory(),
        state.standing().after(outcome.group()));
  }

  @Override
  public TableState examine(TableState state) {
    return state;
  }
}
