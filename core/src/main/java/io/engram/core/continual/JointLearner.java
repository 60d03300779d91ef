package io.engram.core.continual;

import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.kind.OutOfBounds;
import java.util.ArrayList;
import java.util.List;

/**
 * The oracle that forgets nothing: it keeps every example it was ever shown and makes many passes over all of them ("multi-task" or
 * "joint" in the literature). Not a continual learner but the bound on them, and the reference for {@link
 * io.engram.core.evaluation.Regret}. Its memory grows with the stream.
 */
public final class JointLearner extends NetworkLearner {

  private final Settings settings;
  private final StreamStep step;
  private final List<StreamExample> all = new ArrayList<>();

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

    public Settings {
      OutOfBounds.atLeastOne("arriving", arriving);
      OutOfBounds.atLeastOne("size", size);
      OutOfBounds.positive("step", step);
      OutOfBounds.atLeastOne("passes", passes);
    }

    @Override
    public ContinualLearner start(StreamProgram program, float[] theta, long seed) {
      return new JointLearner(program, theta, this, seed);
    }
  }

  JointLearner(StreamProgram program, float[] theta, Settings settings, long seed) {
    super(program, theta, settings.arriving(), seed);
    this.settings = settings;
    this.step = StreamStep.of(settings.step());
  }

  @Override
  public void learn(List<StreamExample> arrived) {
    all.addAll(arrived);
    for (int pass = 0; pass < settings.passes(); pass++) {
      int[] order = nextDraw().permutation(all.size());
      for (int from = 0; from < order.length; from += settings.size()) {
        step(order, from, Math.min(order.length, from + settings.size()));
      }
    }
  }

  private void step(int[] order, int from, int until) {
    batch.clear();
    for (int i = from; i < until; i++) {
      add(all.get(order[i]), 1f / (until - from));
    }
    program.descend(theta, batch, step);
  }
}
