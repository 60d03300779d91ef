package io.engram.benchmarks.poison;

import static java.util.Objects.requireNonNull;

import io.engram.benchmarks.poison.Stream.Sent;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.guard.Quarantine;
import io.engram.core.learning.GroupOutcome;
import io.engram.core.learning.LifelongLearner;
import io.engram.core.learning.LifelongSettings;
import io.engram.core.learning.LifelongState;
import io.engram.core.learning.Reception;
import io.engram.core.learning.StreamState;
import io.engram.core.learning.TableOutcome;
import io.engram.core.learning.TableState;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskState;
import io.engram.core.learning.stream.StreamLearning;
import io.engram.core.learning.tables.TableLearning;
import io.engram.core.learning.tasks.TaskLearning;
import io.engram.core.memory.Admission;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Task;
import io.engram.engine.fused.FusedEngine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One learner on one stream, without log and store. */
final class Trial {

  private final Map<Integer, Task> memory = new HashMap<>();
  private final List<Double> scores = new ArrayList<>();

  /**
   * What came out.
   *
   * @param score mean of the last judged tasks
   * @param quarantine what was kept out
   * @param finite whether all parameters are numbers
   */
  record Outcome(double score, Quarantine quarantine, boolean finite) {}

  /** Runs it; the score is that of the last {@code judged} tasks that count. */
  static Outcome of(LifelongSettings settings, List<Sent> stream, int judged) {
    Trial trial = new Trial();
    FusedEngine engine = new FusedEngine(1);
    LifelongState end =
        settings.<LifelongState>either(
            ofTasks -> {
              try (MetaProgram program = engine.compile(ofTasks.network())) {
                return trial.run(
                    TaskLearning.learner(ofTasks, program, TaskState.initial(ofTasks), trial::read),
                    stream);
              }
            },
            ofStream -> {
              try (StreamProgram program = engine.compileStream(ofStream.network())) {
                return trial.run(
                    StreamLearning.learner(ofStream, program, StreamState.initial(ofStream)),
                    stream);
              }
            },
            ofTables ->
                trial.run(
                    TableLearning.learner(ofTables, TableState.initial(ofTables), trial::read),
                    stream));
    boolean finite = true;
    for (float value : end.theta()) {
      finite &= Float.isFinite(value);
    }
    return new Outcome(trial.last(judged), end.standing().guard().quarantined(), finite);
  }

  private Task read(int slot) {
    return requireNonNull(memory.get(slot));
  }

  private <S extends LifelongState, O extends GroupOutcome> S run(
      LifelongLearner<S, O> learner, List<Sent> stream) {
    for (int i = 0; i < stream.size(); i++) {
      Reception reception = learner.show(stream.get(i).task(), new LogPosition(0, i), 1000);
      if (reception instanceof Reception.Refused refused) {
        throw new IllegalStateException(refused.reason());
      }
      if (reception instanceof Reception.GroupComplete) {
        O outcome = learner.decide();
        learner.apply(outcome);
        note(outcome, stream);
      }
    }
    return learner.state();
  }

  private void note(GroupOutcome outcome, List<Sent> stream) {
    List<Admission> admissions =
        outcome instanceof TaskOutcome tasks
            ? tasks.admissions()
            : outcome instanceof TableOutcome tables ? tables.admissions() : List.of();
    for (int i = 0; i < outcome.arrivals().size(); i++) {
      if (stream.get((int) outcome.arrivals().get(i).position().offset()).judged()) {
        scores.add(outcome.scores().get(i).model());
      }
      if (i < admissions.size() && admissions.get(i) instanceof Admission.Kept kept) {
        memory.keySet().removeAll(kept.emptied());
        memory.put(kept.slot(), outcome.arrivals().get(i).task());
      }
    }
  }

  private double last(int judged) {
    return scores.subList(Math.max(0, scores.size() - judged), scores.size()).stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }
}
