package io.engram.core.learning.tables;

import io.engram.core.guard.Past;
import io.engram.core.learning.Arrival;
import io.engram.core.learning.Episodes;
import io.engram.core.learning.LabelDictionary;
import io.engram.core.learning.TableOutcome;
import io.engram.core.learning.TableState.Growth;
import io.engram.core.learning.tasks.ReplayReader;
import io.engram.core.memory.Admission;
import io.engram.core.memory.EpisodicMemory;
import io.engram.core.tables.TableFit;
import io.engram.core.tables.TableFit.Lesson;
import io.engram.core.tables.TableModel;
import io.engram.core.tables.TableScale;
import io.engram.core.tables.TableShape;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.LogPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model is fitted to: the remembered tasks and a group's, as lessons. A lesson costs as much as many predictions, so those of remembered
 * tasks are kept from one fit to the next, as long as columns are measured by the same scale. They follow from the tasks and the scale alone:
 * a restart makes them again when they are needed.
 */
final class Lessons {

  /** Tasks that a model is fitted to at most: of a larger memory every second slot, every third. */
  static final int MOST = 2000;

  private final TableFit fit;
  private final ReplayReader reader;
  private final Map<Integer, Lesson> remembered = new HashMap<>();
  private final Map<LogPosition, Lesson> ofGroup = new HashMap<>();
  private long changed;

  Lessons(TableShape shape, ReplayReader reader) {
    this.fit = new TableFit(shape);
    this.reader = reader;
  }

  /**
   * What there is to learn from.
   *
   * @param learned tasks of the group
   * @param labels with those of the group
   * @param past how things were before everything changed; null if it never did
   */
  record Gathered(
      EpisodicMemory memory, List<Arrival> learned, LabelDictionary labels, @Nullable Past past) {

    /** Whether what lies in a slot is measured as things are. */
    boolean ofNow(int slot) {
      return past == null || memory.at(slot).arrival() >= past.until();
    }

    /** Whether it is known how it is to be measured. */
    boolean known(int slot) {
      return ofNow(slot) || (past != null && past.has(memory.at(slot).arrival()));
    }
  }

  /**
   * A model fitted to all that is remembered and to the group.
   *
   * @param measure whether columns are measured anew
   */
  TableModel fit(TableModel before, Gathered gathered, boolean measure, long seed) {
    EpisodicMemory memory = gathered.memory();
    TableScale scale = measure ? measured(before, gathered) : before.scale();
    Past past = gathered.past();
    if (past != null && past.until() != changed) {
      remembered.clear();
      changed = past.until();
    }
    TableScale earlier = past == null ? scale : scale.before(past);
    List<Lesson> all = new ArrayList<>();
    for (int slot : slots(memory)) {
      if (!gathered.known(slot)) {
        continue;
      }
      Lesson lesson = remembered.get(slot);
      if (lesson == null) {
        lesson = lesson(gathered.ofNow(slot) ? scale : earlier, episode(slot, gathered.labels()));
        remembered.put(slot, lesson);
        reader.release();
      }
      all.add(lesson);
    }
    for (Arrival arrival : gathered.learned()) {
      Lesson lesson = lesson(scale, arrival.scoring());
      ofGroup.put(arrival.place(), lesson);
      all.add(lesson);
    }
    return fit.fit(before, scale, all, seed);
  }

  /** A scale of all that is remembered and of the group; lessons by the one before are void. */
  private TableScale measured(TableModel before, Gathered gathered) {
    List<ExampleSet> sets = new ArrayList<>();
    for (int slot : slots(gathered.memory())) {
      if (gathered.ofNow(slot)) {
        add(episode(slot, gathered.labels()), sets);
      }
    }
    gathered.learned().forEach(arrival -> add(arrival.scoring(), sets));
    if (gathered.past() != null && sets.size() / 2 < Growth.FIRST) {
      return before.scale();
    }
    remembered.clear();
    TableScale scale = fit.scale(sets, sets.size() / 2);
    reader.release();
    return scale;
  }

  private static List<Integer> slots(EpisodicMemory memory) {
    int every = (memory.size() + MOST - 1) / MOST;
    return memory.contents().keySet().stream().filter(slot -> slot % every == 0).toList();
  }

  private static void add(Episode episode, List<ExampleSet> sets) {
    sets.add(episode.support());
    sets.add(episode.query());
  }

  private Episode episode(int slot, LabelDictionary labels) {
    return Episodes.remembered(reader.read(slot), labels);
  }

  private Lesson lesson(TableScale scale, Episode episode) {
    return fit.lesson(scale, episode.support(), episode.query());
  }

  /** Follows the memory's changes after the group. */
  void follow(TableOutcome outcome) {
    for (int i = 0; i < outcome.admissions().size(); i++) {
      if (outcome.admissions().get(i) instanceof Admission.Kept kept) {
        kept.emptied().forEach(remembered::remove);
        remembered.remove(kept.slot());
        Lesson lesson = ofGroup.get(outcome.offers().get(i).position());
        if (lesson != null) {
          remembered.put(kept.slot(), lesson);
        }
      }
    }
    ofGroup.clear();
  }
}
