package io.engram.core.learning.tables;

import io.engram.core.baseline.Mixture;
import io.engram.core.learning.Experience;
import io.engram.core.learning.TableState;
import io.engram.core.tables.Doubt;
import io.engram.core.tables.Recent;
import io.engram.core.tables.TableModel;
import io.engram.core.tables.TableShape;

/** What the answers of a group have taught so far: each of its tasks is answered by what all before it have taught, those of the group included. */
final class Course {

  private final TableShape shape;
  private final boolean trained;
  private final Mixture trust;
  private final Doubt doubt = new Doubt();
  private final Recent recent;
  private TableModel model;

  /** Before a group's first task. */
  Course(TableShape shape, TableState state) {
    this.shape = shape;
    this.model = state.model();
    this.trained = model.trained();
    trust = shape.mixture();
    trust.restore(state.experience().trust());
    doubt.restore(state.experience().doubt());
    recent = new Recent(shape);
    recent.restore(state.experience().recent());
  }

  /** By what the next task is answered. */
  TableModel model() {
    return model;
  }

  /** Learns from a task that was answered, but where its labels lie too far off. */
  void learn(TableScorer.Answered it) {
    if (it.wild()) {
      return;
    }
    trust.learn(it.experts(), it.labels());
    if (trained) {
      recent.learn(it.question(), it.experts(), it.labels());
    }
    if (!shape.classes()) {
      doubt.learn(it.question(), it.experts(), it.answers(), it.labels());
    }
    model = model.trusting(trust.weights()).doubting(doubt).correcting(recent);
  }

  /** What it knows of errors of late; a copy, in the units of {@link #model()}. */
  Recent recent() {
    Recent copy = new Recent(shape);
    copy.restore(recent.save());
    return copy;
  }

  /**
   * All of it.
   *
   * @param errors of late, in the units that hold from now on
   */
  Experience experience(Recent errors) {
    return new Experience(trust.save(), doubt.save(), errors.save());
  }
}
