package io.engram.learner;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.learning.GroupOutcome;
import io.engram.core.learning.LifelongSettings;
import io.engram.core.learning.LifelongState;
import io.engram.core.learning.StreamOutcome;
import io.engram.core.learning.StreamSettings;
import io.engram.core.learning.StreamState;
import io.engram.core.learning.TableOutcome;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TableState;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.learner.agent.LearningAgain;
import io.engram.learner.agent.PublishedModels;
import io.engram.learner.agent.Rebuild;
import io.engram.learner.agent.Recovery;
import io.engram.learner.agent.TaskLog;
import io.engram.learner.rocksdb.RocksLearnerStore;
import io.engram.learner.rocksdb.RocksStreamStore;
import io.engram.learner.rocksdb.RocksTableStore;
import io.engram.learner.rocksdb.RocksTaskStore;
import java.nio.file.Path;

/**
 * All of the service that depends on what its learner learns from.
 *
 * @param <S> what the learner is between two groups
 * @param <O> what it makes of a group
 * @param <T> its store
 */
sealed interface LearnerKind<
    S extends LifelongState, O extends GroupOutcome, T extends RocksLearnerStore<S, O>> {

  /** The kind of learner that has these settings. */
  static LearnerKind<?, ?, ?> of(LifelongSettings settings) {
    return settings.<LearnerKind<?, ?, ?>>either(OfTasks::new, OfStream::new, OfTables::new);
  }

  /** Opens or creates its store. */
  T open(Path directory, boolean sync);

  /**
   * Compiles its network.
   *
   * @param readAhead remembered tasks that are read before they are needed
   * @throws io.engram.core.compute.UnsupportedNetworkException if the engine cannot run the network or the algorithm
   */
  Computation<S, O> compile(ComputeEngine engine, int readAhead);

  /** What is done if the store is lost. */
  Recovery recovery(T store, TaskLog log, PublishedModels published);

  /** It learns from tasks. */
  record OfTasks(TaskSettings settings)
      implements LearnerKind<TaskState, TaskOutcome, RocksTaskStore> {

    @Override
    public RocksTaskStore open(Path directory, boolean sync) {
      return RocksLearnerStore.open(directory, settings, sync);
    }

    @Override
    public Computation<TaskState, TaskOutcome> compile(ComputeEngine engine, int readAhead) {
      return Computation.ofTasks(settings, engine, readAhead);
    }

    @Override
    public Recovery recovery(RocksTaskStore store, TaskLog log, PublishedModels published) {
      return new Rebuild(settings, store, log, published);
    }
  }

  /** It learns from single examples. */
  record OfStream(StreamSettings settings)
      implements LearnerKind<StreamState, StreamOutcome, RocksStreamStore> {

    @Override
    public RocksStreamStore open(Path directory, boolean sync) {
      return RocksLearnerStore.open(directory, settings, sync);
    }

    @Override
    public Computation<StreamState, StreamOutcome> compile(ComputeEngine engine, int readAhead) {
      return Computation.ofStream(settings, engine);
    }

    @Override
    public Recovery recovery(RocksStreamStore store, TaskLog log, PublishedModels published) {
      return new LearningAgain(store, published);
    }
  }

  /** It learns from tasks on tables, without an engine. */
  record OfTables(TableSettings settings)
      implements LearnerKind<TableState, TableOutcome, RocksTableStore> {

    @Override
    public RocksTableStore open(Path directory, boolean sync) {
      return RocksLearnerStore.open(directory, settings, sync);
    }

    @Override
    public Computation<TableState, TableOutcome> compile(ComputeEngine engine, int readAhead) {
      return Computation.ofTables(settings, engine);
    }

    @Override
    public Recovery recovery(RocksTableStore store, TaskLog log, PublishedModels published) {
      return new LearningAgain(store, published);
    }
  }
}
