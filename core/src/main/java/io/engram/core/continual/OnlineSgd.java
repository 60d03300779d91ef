package io.engram.core.continual;

import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.kind.OutOfBounds;
import java.util.List;

/** The baseline that protects nothing: {@code θ ← θ − α·∇L(new examples)}. */
public final class OnlineSgd extends DurableNetworkLearner {

  private final Settings settings;
  private final StreamStep step;

  /**
   * How it learns.
   *
   * @param arriving examples of a step
   * @param step α
   * @param glances steps on the same examples
   */
  public record Settings(int arriving, float step, int glances) implements DurableSettings {

    public Settings {
      OutOfBounds.atLeastOne("arriving", arriving);
      OutOfBounds.positive("step", step);
      OutOfBounds.atLeastOne("glances", glances);
    }

    @Override
    public DurableLearner start(StreamProgram program, float[] theta, long seed) {
      return new OnlineSgd(program, theta, this, seed);
    }

    @Override
    public String name() {
      return OnlineSgdKind.NAME;
    }

    @Override
    public int memory() {
      return 0;
    }
  }

  OnlineSgd(StreamProgram program, float[] theta, Settings settings, long seed) {
    super(program, theta, settings.arriving(), seed);
    this.settings = settings;
    this.step = StreamStep.of(settings.step());
  }

  @Override
  public void learn(List<StreamExample> arrived) {
    load(arrived);
    for (int glance = 0; glance < settings.glances(); glance++) {
      program.descend(theta, batch, step);
    }
  }
}
