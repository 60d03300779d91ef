package io.engram.core.learning.tables;

import io.engram.core.learning.Arrival;
import io.engram.core.learning.Episodes;
import io.engram.core.learning.Group;
import io.engram.core.learning.LabelDictionary;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
  private final List<Lesson> ofGroup = new ArrayList<>();

  Lessons(TableShape shape, ReplayReader reader) {
    this.fit = new TableFit(shape);
    this.reader = reader;
  }

  /**
   * A model fitted to all that is remembered and to the group.
   *
   * @param measure whether columns are measured anew
   */
  TableModel fit(
      TableModel before, EpisodicMemory memory, Group group, boolean measure, long seed) {
    TableScale scale = measure ? measured(memory, group) : before.scale();
    List<Lesson> all = new ArrayList<>();
    for (int slot : slots(memory)) {
      Lesson lesson = remembered.get(slot);
      if (lesson == null) {
        lesson = lesson(scale, episode(slot, group.labels()));
        remembered.put(slot, lesson);
        reader.release();
      }
      all.add(lesson);
    }
    for (Arrival arrival : group.arrivals()) {
      ofGroup.add(lesson(scale, arrival.scoring()));
    }
    all.addAll(ofGroup);
    return fit.fit(before, scale, all, seed);
  }

  /** A scale of all that is remembered and of the group; lessons by the one before are void. */
  private TableScale measured(EpisodicMemory memory, Group group) {
    remembered.clear();
    List<ExampleSet> sets = new ArrayList<>();
    for (int slot : slots(memory)) {
      add(episode(slot, group.labels()), sets);
    }
    group.arrivals().forEach(arrival -> add(arrival.scoring(), sets));
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
  void follow(List<Admission> admissions) {
    for (int i = 0; i < admissions.size(); i++) {
      if (admissions.get(i) instanceof Admission.Kept kept) {
        kept.emptied().forEach(remembered::remove);
        remembered.remove(kept.slot());
        if (!ofGroup.isEmpty()) {
          remembered.put(kept.slot(), ofGroup.get(i));
        }
      }
    }
    ofGroup.clear();
  }
}
