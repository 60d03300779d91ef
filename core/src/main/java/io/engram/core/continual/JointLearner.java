package io.engram.core.continual;

import io.engram.core.compute.StreamBatch;
import io.engram.core.compute.StreamProgram;
import io.engram.core.compute.StreamVector;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import java.util.ArrayList;
import java.util.List;

/**
 * The oracle that forgets nothing: it keeps every example it was ever shown and makes many passes over all of them ("multi-task" or
 * "joint" in the literature). Not a continual learner but the bound on them, and the reference for {@link
 * io.engram.core.evaluation.Regret}. Its memory grows with the stream.
 */
public final class JointLearner implements ContinualLearner {

  private final StreamProgram program;
  private final Settings settings;
  private final long seed;
  private final StreamVector theta;
  private final List<StreamExample> all = new ArrayList<>();
  private final StreamBatch batch;
  private long passes;

  /**
   * How it learns.
   *
   * @param arriving examples of one call; the passes are made at the end of each
   * @param size examples of a step
   * @param step α
   * @param passes over everything, in a fresh order each
   */
  public record Settings(int arriving, int size, float step, int passes)
      implements ContinualSettings {

    @Override
    public ContinualLearner start(StreamProgram program, float[] theta, long seed) {
      return new JointLearner(program, theta, this, seed);
    }
  }

  JointLearner(StreamProgram program, float[] theta, Settings settings, long seed) {
    this.program = program;
    this.settings = settings;
    this.seed = seed;
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
    all.addAll(arrived);
    for (int pass = 0; pass < settings.passes(); pass++) {
      RandomStream draw = new RandomStream(Seeds.derive(seed, Purpose.REPLAY_DRAW, passes++));
      int[] order = draw.permutation(all.size());
      for (int from = 0; from < order.length; from += settings.size()) {
        step(order, from, Math.min(order.length, from + settings.size()));
      }
    }
  }

  private void step(int[] order, int from, int until) {
    batch.clear();
    for (int i = from; i < until; i++) {
      StreamExample example = all.get(order[i]);
      batch.add(example.input(), example.label(), 1f / (until - from));
    }
    program.descend(theta, batch, settings.step());
  }
}
