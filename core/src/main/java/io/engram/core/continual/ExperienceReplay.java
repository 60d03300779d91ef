package io.engram.core.continual;

import io.engram.core.compute.StreamBatch;
import io.engram.core.compute.StreamProgram;
import io.engram.core.compute.StreamVector;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import java.util.List;

/**
 * Experience replay with a reservoir (Chaudhry et al. 2019, "On tiny episodic memories in continual learning", algorithm 1): each step
 * takes the new examples and as many remembered ones as asked for, all with the same weight.
 */
public final class ExperienceReplay implements ContinualLearner {

  private final StreamProgram program;
  private final Settings settings;
  private final long seed;
  private final StreamVector theta;
  private final Reservoir memory;
  private final StreamBatch batch;
  private long steps;

  /**
   * How it learns.
   *
   * @param arriving new examples of a step
   * @param replayed remembered examples of a step, drawn with replacement
   * @param step α
   * @param glances steps on the same new examples, each with a fresh draw
   * @param memory examples kept
   */
  public record Settings(int arriving, int replayed, float step, int glances, int memory)
      implements ContinualSettings {

    @Override
    public ContinualLearner start(StreamProgram program, float[] theta, long seed) {
      return new ExperienceReplay(program, theta, this, seed);
    }
  }

  ExperienceReplay(StreamProgram program, float[] theta, Settings settings, long seed) {
    this.program = program;
    this.settings = settings;
    this.seed = seed;
    this.theta = program.zeros();
    this.memory = new Reservoir(settings.memory(), seed);
    this.batch = new StreamBatch(program.network().outputs());
    program.load(theta, this.theta);
  }

  @Override
  public int arriving() {
    return settings.arriving();
  }

  @Override
  public void predict(StreamBatch inputs, float[] logits) {
    program.predict(theta, inputs, logits);
  }

  @Override
  public void learn(List<StreamExample> arrived) {
    for (int glance = 0; glance < settings.glances(); glance++) {
      RandomStream draw = new RandomStream(Seeds.derive(seed, Purpose.REPLAY_DRAW, steps++));
      int replayed = memory.isEmpty() ? 0 : settings.replayed();
      float weight = 1f / (arrived.size() + replayed);
      batch.clear();
      for (StreamExample example : arrived) {
        batch.add(example.input(), example.label(), weight);
      }
      for (int i = 0; i < replayed; i++) {
        StreamExample example = memory.draw(draw).example();
        batch.add(example.input(), example.label(), weight);
      }
      program.descend(theta, batch, settings.step());
    }
    arrived.forEach(memory::offer);
  }
}
