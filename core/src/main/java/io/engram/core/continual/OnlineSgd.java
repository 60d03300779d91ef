package io.engram.core.continual;

import io.engram.core.compute.StreamBatch;
import io.engram.core.compute.StreamProgram;
import io.engram.core.compute.StreamVector;
import java.util.List;

/** The baseline that protects nothing: {@code θ ← θ − α·∇L(new examples)}. */
public final class OnlineSgd implements ContinualLearner {

  private final StreamProgram program;
  private final Settings settings;
  private final StreamVector theta;
  private final StreamBatch batch;

  /**
   * How it learns.
   *
   * @param arriving examples of a step
   * @param step α
   * @param glances steps on the same examples
   */
  public record Settings(int arriving, float step, int glances) implements ContinualSettings {

    @Override
    public ContinualLearner start(StreamProgram program, float[] theta, long seed) {
      return new OnlineSgd(program, theta, this);
    }
  }

  OnlineSgd(StreamProgram program, float[] theta, Settings settings) {
    this.program = program;
    this.settings = settings;
    this.theta = program.zeros();
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
    batch.clear();
    for (StreamExample example : arrived) {
      batch.add(example.input(), example.label(), 1f / arrived.size());
    }
    for (int glance = 0; glance < settings.glances(); glance++) {
      program.descend(theta, batch, settings.step());
    }
  }
}
