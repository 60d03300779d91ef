package io.engram.core.continual;

import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.random.RandomStream;
import java.util.List;
import java.util.Map;

/**
 * Online SGD that shrinks all weights and adds noise to them (Ash &amp; Adams 2020, "On warm-starting neural network training", section 4; after every
 * step as in Dohare et al. 2024):
 *
 * <pre>
 * θ ← θ − α·∇L(new examples)
 * θ ← λ·θ + p,   p ~ N(0, σ²)        after every k-th step
 * </pre>
 *
 * <p>With σ = 0, k = 1 and λ = 1 − α·w it is SGD on the loss with the L2 penalty ½·w·‖θ‖², but for a step of α·λ in place of α.
 */
public final class ShrinkAndPerturb extends DurableNetworkLearner {

  private static final String STEPS = "steps";

  private final Settings settings;
  private final StreamStep step;
  private final StreamVector perturbation;
  private final float[] noise;
  private long steps;

  /**
   * How it learns.
   *
   * @param arriving examples of a step
   * @param step α
   * @param shrink λ, what is left of each weight
   * @param noise σ
   * @param every k, steps from one time to the next
   */
  public record Settings(int arriving, float step, float shrink, float noise, int every)
      implements DurableSettings {

    public Settings {
      OutOfBounds.atLeastOne("arriving", arriving);
      OutOfBounds.positive("step", step);
      OutOfBounds.share("shrink", shrink);
      OutOfBounds.notNegative("noise", noise);
      OutOfBounds.atLeastOne("every", every);
    }

    @Override
    public DurableLearner start(StreamProgram program, float[] theta, long seed) {
      return new ShrinkAndPerturb(program, theta, this, seed);
    }

    @Override
    public String name() {
      return ShrinkAndPerturbKind.NAME;
    }

    @Override
    public int memory() {
      return 0;
    }
  }

  ShrinkAndPerturb(StreamProgram program, float[] theta, Settings settings, long seed) {
    super(program, theta, settings.arriving(), seed);
    this.settings = settings;
    this.step = StreamStep.of(settings.step());
    this.perturbation = program.zeros();
    this.noise = new float[theta.length];
  }

  @Override
  public void learn(List<StreamExample> arrived) {
    load(arrived);
    program.descend(theta, batch, step);
    if (++steps % settings.every() == 0) {
      theta.scale(settings.shrink());
      if (settings.noise() > 0) {
        perturb(nextDraw());
      }
    }
  }

  private void perturb(RandomStream draw) {
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) draw.nextGaussian();
    }
    program.load(noise, perturbation);
    theta.add(settings.noise(), perturbation);
  }

  @Override
  Map<String, Long> counts() {
    return Map.of(STEPS, steps);
  }

  @Override
  void resumed(ContinualState state) {
    steps = state.count(STEPS);
  }
}
