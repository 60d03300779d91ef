package io.engram.learner.agent;

import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.learning.GroupOutcome;
import io.engram.core.learning.LifelongLearner;
import io.engram.core.learning.LifelongState;
import io.engram.core.learning.Stages;
import io.engram.core.learning.StreamOutcome;
import io.engram.core.learning.StreamSettings;
import io.engram.core.learning.StreamState;
import io.engram.core.learning.TableOutcome;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TableState;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.learning.stream.StreamLearning;
import io.engram.core.learning.tables.TableLearning;
import io.engram.core.learning.tasks.TaskLearning;

/**
 * Begins a learner, or takes it up from a state. What it learns from, the agent does not know.
 *
 * @param <S> what it is between two groups
 * @param <O> what it makes of a group
 */
public interface Resumption<S extends LifelongState, O extends GroupOutcome> {

  /** Where it begins. */
  S initial();

  /**
   * The learner that goes on from a state.
   *
   * @param store holds what {@code state} remembers
   * @param stages hears of the stages of learning from tasks
   * @throws RuntimeException if the engine cannot run the algorithm
   */
  Resumed<S, O> from(S state, LearnerStore<S, O> store, Stages stages);

  /**
   * A learner at work.
   *
   * @param ending ends what works for it beside it; called once, before the store is closed
   */
  record Resumed<S extends LifelongState, O extends GroupOutcome>(
      LifelongLearner<S, O> learner, Runnable ending) implements AutoCloseable {

    @Override
    public void close() {
      ending.run();
    }
  }

  /**
   * One that learns from tasks.
   *
   * @param readAhead remembered tasks that are read before they are needed; 0 for none
   */
  static Resumption<TaskState, TaskOutcome> ofTasks(
      TaskSettings settings, MetaProgram program, int readAhead) {
    return new Resumption<>() {

      @Override
      public TaskState initial() {
        return TaskState.initial(settings);
      }

      @Override
      public Resumed<TaskState, TaskOutcome> from(
          TaskState state, LearnerStore<TaskState, TaskOutcome> store, Stages stages) {
        ReadAhead memory = new ReadAhead(store, settings.outer().replay(), readAhead);
        return new Resumed<>(
            TaskLearning.learner(settings, program, state, memory, stages), memory::close);
      }
    };
  }

  /** One that learns from single examples; it has at hand what it remembers. */
  static Resumption<StreamState, StreamOutcome> ofStream(
      StreamSettings settings, StreamProgram program) {
    return new Resumption<>() {

      @Override
      public StreamState initial() {
        return StreamState.initial(settings);
      }

      @Override
      public Resumed<StreamState, StreamOutcome> from(
          StreamState state, LearnerStore<StreamState, StreamOutcome> store, Stages stages) {
        return new Resumed<>(StreamLearning.learner(settings, program, state), () -> {});
      }
    };
  }

  /** One that learns from tasks on tables; it reads its memory now and then, on its own thread. */
  static Resumption<TableState, TableOutcome> ofTables(TableSettings settings) {
    return new Resumption<>() {

      @Override
      public TableState initial() {
        return TableState.initial(settings);
      }

      @Override
      public Resumed<TableState, TableOutcome> from(
          TableState state, LearnerStore<TableState, TableOutcome> store, Stages stages) {
        ReadAhead memory = new ReadAhead(store, 1, 0);
        return new Resumed<>(TableLearning.learner(settings, state, memory), memory::close);
      }
    };
  }
}
