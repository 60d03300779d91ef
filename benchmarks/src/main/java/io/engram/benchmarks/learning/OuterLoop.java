package io.engram.benchmarks.learning;

import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.MetaState;
import io.engram.core.meta.MetaStep;
import io.engram.core.meta.MetaTrainer;
import io.engram.core.meta.Moments;
import io.engram.core.meta.ResidentTrainer;
import io.engram.core.meta.TrainsInPlace;
import io.engram.core.task.Episode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Outer steps on a state, taken where the program computes if it offers that, else here. */
interface OuterLoop extends AutoCloseable {

  /** Takes a step, or starts it; what came of it if that is known already. */
  Optional<MetaStep> step(List<Episode> episodes);

  /** Makes the state what was reached, once every step is taken; what came of the last one, unless {@link #step} told. */
  Optional<MetaStep> reach();

  @Override
  void close();

  /**
   * A loop from a state on, all of whose meta-batches have one shape.
   *
   * @param state moved by {@link #reach} at the latest
   * @param carried the inner Adam's moments, moved; null if they are not carried
   */
  static OuterLoop of(
      MetaProgram program, MetaSettings settings, MetaState state, @Nullable Moments carried) {
    return carried == null
            && program instanceof TrainsInPlace inPlace
            && inPlace.trainsInPlace(settings)
        ? new InPlace(inPlace, settings, state)
        : new Here(new MetaTrainer(program, settings, carried), state);
  }

  /** θ goes to the program and back at every step. */
  record Here(MetaTrainer trainer, MetaState state) implements OuterLoop {

    @Override
    public Optional<MetaStep> step(List<Episode> episodes) {
      return Optional.of(trainer.step(state, episodes));
    }

    @Override
    public Optional<MetaStep> reach() {
      return Optional.empty();
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  /** θ stays with the program. */
  final class InPlace implements OuterLoop {

    private final TrainsInPlace program;
    private final MetaSettings settings;
    private final MetaState state;
    private @Nullable ResidentTrainer trainer;

    InPlace(TrainsInPlace program, MetaSettings settings, MetaState state) {
      this.program = program;
      this.settings = settings;
      this.state = state;
    }

    @Override
    public Optional<MetaStep> step(List<Episode> episodes) {
      if (trainer == null) {
        trainer = program.trainer(settings, state, episodes);
      }
      trainer.step(episodes);
      return Optional.empty();
    }

    @Override
    public Optional<MetaStep> reach() {
      if (trainer == null) {
        return Optional.empty();
      }
      MetaStep last = trainer.await();
      trainer.store(state);
      return Optional.of(last);
    }

    @Override
    public void close() {
      if (trainer != null) {
        trainer.close();
      }
    }
  }
}
