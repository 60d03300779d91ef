package io.engram.core.continual;

import io.engram.core.compute.StreamBatch;
import io.engram.core.compute.StreamProgram;
import io.engram.core.compute.StreamVector;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
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
public final class MetaExperienceReplay implements ContinualLearner {

  private final StreamProgram program;
  private final Settings settings;
  private final long seed;
  private final StreamVector theta;
  private final StreamVector beforeBatch;
  private final StreamVector beforeExample;
  private final Reservoir memory;
  private final StreamBatch single;
  private long examples;

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
      implements ContinualSettings {

    @Override
    public ContinualLearner start(StreamProgram program, float[] theta, long seed) {
      return new MetaExperienceReplay(program, theta, this, seed);
    }
  }

  MetaExperienceReplay(StreamProgram program, float[] theta, Settings settings, long seed) {
    this.program = program;
    this.settings = settings;
    this.seed = seed;
    this.theta = program.zeros();
    this.beforeBatch = program.zeros();
    this.beforeExample = program.zeros();
    this.memory = new Reservoir(settings.memory(), seed);
    this.single = new StreamBatch(program.network().outputs());
    program.load(theta, this.theta);
  }

  @Override
  public int arriving() {
    return 1;
  }

  @Override
  public void predict(StreamBatch inputs, float[] logits) {
    program.predict(theta, inputs, logits);
  }

  @Override
  public void learn(List<StreamExample> arrived) {
    arrived.forEach(this::learn);
  }

  private void learn(StreamExample example) {
    RandomStream draw = new RandomStream(Seeds.derive(seed, Purpose.REPLAY_DRAW, examples++));
    beforeExample.set(theta);
    for (int batch = 0; batch < settings.batches(); batch++) {
      beforeBatch.set(theta);
      step(example);
      int replayed = memory.isEmpty() ? 0 : settings.replayed();
      for (int i = 0; i < replayed; i++) {
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
    single.clear();
    single.add(example.input(), example.label(), 1f);
    program.descend(theta, single, settings.step());
  }

  /** θ ← before + rate·(θ − before). */
  private void interpolate(StreamVector before, float rate) {
    before.average(theta, rate);
    theta.set(before);
  }
}
