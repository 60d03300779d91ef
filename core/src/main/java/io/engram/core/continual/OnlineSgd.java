package io.engram.core.continual;

import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.kind.Key;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.kind.Values;
import java.util.List;

/** The baseline that protects nothing: {@code θ ← θ − α·∇L(new examples)}. */
public final class OnlineSgd extends DurableNetworkLearner {

  private static final String NAME = "online-sgd";

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
      return NAME;
    }

    @Override
    public int memory() {
      return 0;
    }
  }

  /** As it is configured. */
  public static final class Kind implements ContinualKind {

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public List<Key> keys() {
      return List.of(Key.of("arriving", 1), Key.of("step", 0.003), Key.of("glances", 1));
    }

    @Override
    public DurableSettings settings(Values values) {
      return new Settings(
          values.count("arriving"), values.positive("step"), values.count("glances"));
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
