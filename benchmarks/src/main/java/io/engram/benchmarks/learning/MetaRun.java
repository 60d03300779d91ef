package io.engram.benchmarks.learning;

import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.meta.MetaState;
import io.engram.core.meta.MetaStep;
import io.engram.core.meta.Moments;
import io.engram.core.network.InitialParameters;
import io.engram.core.task.Episode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains by a plan. Goes on from its checkpoint where there is one, and comes out bit for bit as if it had never been interrupted: all
 * that a step draws follows from the seed and the step's number.
 */
public final class MetaRun {

  private static final long REPORT_EVERY_NANOS = 15_000_000_000L;

  private final TrainingPlan plan;
  private final MetaProgram program;
  private final Tasks tasks;
  private final @Nullable Path checkpoint;
  private final int checkpointEvery;
  private final Consumer<String> progress;

  /** The meta-batches of a run. */
  public interface Tasks {
    /** The episodes of outer step {@code step} = 0, 1, 2 …, a function of the step alone. */
    List<Episode> batch(long step);
  }

  /**
   * What came out.
   *
   * @param state θ and the learned step sizes
   * @param carried the inner Adam's moments; empty where they are not carried
   * @param seconds of training, those before an interruption included
   */
  public record Trained(MetaState state, Moments carried, double seconds) {}

  /**
   * A run.
   *
   * @param checkpoint where to keep how far it came, or null to keep nothing
   * @param checkpointEvery outer steps between two checkpoints
   */
  public MetaRun(
      TrainingPlan plan,
      MetaProgram program,
      Tasks tasks,
      @Nullable Path checkpoint,
      int checkpointEvery,
      Consumer<String> progress) {
    this.plan = plan;
    this.program = program;
    this.tasks = tasks;
    this.checkpoint = checkpoint;
    this.checkpointEvery = checkpointEvery;
    this.progress = progress;
  }

  /** Trains to the end of the plan. */
  public Trained train() {
    return train(() -> true);
  }

  /**
   * Trains to the end of the plan or until it is told to stop; what it has reached then is in the checkpoint.
   *
   * @param goOn asked before every outer step
   */
  public Trained train(BooleanSupplier goOn) {
    Checkpoint start = start();
    MetaState state = start.state();
    Moments carried = start.carried();
    Pace pace = new Pace(start, System.nanoTime());
    try (OuterLoop loop =
        OuterLoop.of(program, plan.meta(), state, plan.carriesMoments() ? carried : null)) {
      long updates = state.updates();
      while (updates < plan.length().steps() && goOn.getAsBoolean()) {
        loop.step(tasks.batch(updates)).ifPresent(pace::add);
        updates++;
        long now = System.nanoTime();
        boolean due = now - pace.reported >= REPORT_EVERY_NANOS;
        boolean kept = checkpoint != null && updates % checkpointEvery == 0;
        if (due || kept) {
          loop.reach().ifPresent(pace::add);
        }
        if (due) {
          progress.accept(pace.line(updates, now));
        }
        if (kept) {
          keep(new Checkpoint(state, carried, pace.seconds(now)));
        }
      }
      loop.reach();
    }
    double seconds = pace.seconds(System.nanoTime());
    keep(new Checkpoint(state, carried, seconds));
    return new Trained(state, carried, seconds);
  }

  private void keep(Checkpoint reached) {
    if (checkpoint != null) {
      reached.write(checkpoint, plan.describe());
    }
  }

  private Checkpoint start() {
    if (checkpoint != null) {
      var found = Checkpoint.read(checkpoint, plan.describe());
      if (found.isPresent()) {
        progress.accept(
            "%s: going on from %s at outer step %,d"
                .formatted(plan.name(), checkpoint, found.get().state().updates()));
        return found.get();
      }
    }
    float[] theta = InitialParameters.of(plan.network(), plan.seed(), plan.zeroHead());
    MetaState state = MetaState.initial(theta, plan.network().layout(), plan.meta());
    return new Checkpoint(state, new Moments(plan.carriesMoments() ? theta.length : 0), 0);
  }

  /** How fast it goes, for the line of progress. */
  private final class Pace {
    private final Checkpoint start;
    private final long startedAt;
    private final long began;
    private long reported;
    private double loss;
    private int losses;

    Pace(Checkpoint start, long now) {
      this.start = start;
      this.startedAt = start.state().updates();
      this.began = now;
      this.reported = now;
    }

    void add(MetaStep step) {
      if (Double.isFinite(step.loss())) {
        loss += step.loss();
        losses++;
      }
    }

    double seconds(long now) {
      return start.seconds() + (now - began) / 1e9;
    }

    String line(long done, long now) {
      double rate = (done - startedAt) / ((now - began) / 1e9);
      String line =
          String.format(
              Locale.ROOT,
              "%s: %,d of %,d outer steps, loss %.3f, %.1f steps/s, %s left",
              plan.name(),
              done,
              plan.length().steps(),
              loss / losses,
              rate,
              Durations.of((plan.length().steps() - done) / rate));
      reported = now;
      loss = 0;
      losses = 0;
      return line;
    }
  }
}
