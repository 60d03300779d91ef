package io.engram.core.continual;

import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.kind.OutOfBounds;
import java.util.List;

/**
 * Experience replay with a reservoir (Chaudhry et al. 2019, "On tiny episodic memories in continual learning", algorithm 1): each step
 * takes the new examples and as many remembered ones as asked for, all with the same weight.
 */
public final class ExperienceReplay extends DurableNetworkLearner {

  private final Settings settings;
  private final StreamStep step;
  private final Reservoir memory;

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
      implements DurableSettings {

    public Settings {
      OutOfBounds.atLeastOne("arriving", arriving);
      OutOfBounds.notNegative("replayed", replayed);
      OutOfBounds.positive("step", step);
      OutOfBounds.atLeastOne("glances", glances);
      OutOfBounds.atLeastOne("memory", memory);
    }

    @Override
    public DurableLearner start(StreamProgram program, float[] theta, long seed) {
      return new ExperienceReplay(program, theta, this, seed);
    }

    @Override
    public String name() {
      return ExperienceReplayKind.NAME;
    }
  }

  ExperienceReplay(StreamProgram program, float[] theta, Settings settings, long seed) {
    super(program, theta, settings.arriving(), seed);
    this.settings = settings;
    this.step = StreamStep.of(settings.step());
    this.memory = new Reservoir(settings.memory(), seed);
  }

  @Override
  public void learn(List<StreamExample> arrived) {
    for (int glance = 0; glance < settings.glances(); glance++) {
      load(arrived, memory, settings.replayed(), nextDraw());
      program.descend(theta, batch, step);
    }
    arrived.forEach(memory::offer);
  }

  @Override
  Reservoir memory() {
    return memory;
  }
}
