package io.engram.core.continual;

import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.random.RandomStream;
import java.util.List;

/**
 * MER (Riemer et al. 2019, algorithm 1): Reptile over single-example steps, so that gradients of new and remembered examples come to
 * agree. For every arriving example, with θ_A = θ,
 *
 * <pre>
 * s times:  θ_W = θ;  one step of α on the new example, then on each of k remembered ones;  θ ← θ_W + β(θ − θ_W)
 * θ ← θ_A + γ(θ − θ_A)
 * </pre>
 */
public final class MetaExperienceReplay extends DurableNetworkLearner {

  private final Settings settings;
  private final StreamStep step;
  private final StreamVector beforeBatch;
  private final StreamVector beforeExample;
  private final Reservoir memory;

  /**
   * How it learns, in the paper's letters.
   *
   * @param step α
   * @param within β, the Reptile rate within a batch
   * @param across γ, the Reptile rate across batches
   * @param batches s
   * @param replayed k
   * @param memory examples kept
   */
  public record Settings(
      float step, float within, float across, int batches, int replayed, int memory)
      implements DurableSettings {

    public Settings {
      OutOfBounds.positive("step", step);
      OutOfBounds.positive("within", within);
      OutOfBounds.positive("across", across);
      OutOfBounds.atLeastOne("batches", batches);
      OutOfBounds.notNegative("replayed", replayed);
      OutOfBounds.atLeastOne("memory", memory);
    }

    @Override
    public DurableLearner start(StreamProgram program, float[] theta, long seed) {
      return new MetaExperienceReplay(program, theta, this, seed);
    }

    @Override
    public String name() {
      return MetaExperienceReplayKind.NAME;
    }
  }

  MetaExperienceReplay(StreamProgram program, float[] theta, Settings settings, long seed) {
    super(program, theta, 1, seed);
    this.settings = settings;
    this.step = StreamStep.of(settings.step());
    this.beforeBatch = program.zeros();
    this.beforeExample = program.zeros();
    this.memory = new Reservoir(settings.memory(), seed);
  }

  @Override
  public void learn(List<StreamExample> arrived) {
    arrived.forEach(this::learn);
  }

  private void learn(StreamExample example) {
    RandomStream draw = nextDraw();
    beforeExample.set(theta);
    for (int i = 0; i < settings.batches(); i++) {
      beforeBatch.set(theta);
      step(example);
      int replayed = memory.isEmpty() ? 0 : settings.replayed();
      for (int j = 0; j < replayed; j++) {
        step(memory.draw(draw).example());
      }
      interpolate(beforeBatch, settings.within());
    }
    if (settings.across() != 1f) {
      interpolate(beforeExample, settings.across());
    }
    memory.offer(example);
  }

  private void step(StreamExample example) {
    batch.clear();
    add(example, 1f);
    program.descend(theta, batch, step);
  }

  /** θ ← before + rate·(θ − before). */
  private void interpolate(StreamVector before, float rate) {
    before.average(theta, rate);
    theta.set(before);
  }

  @Override
  Reservoir memory() {
    return memory;
  }
}
