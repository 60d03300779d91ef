package io.engram.core.continual;

import io.engram.core.compute.StreamProgram;
import io.engram.core.compute.StreamVector;
import java.util.List;
import java.util.Map;

/**
 * Continual-MAML for streams without boundaries (Caccia et al. 2020, algorithm 2), first order. Fast weights θ predict; slow weights φ are
 * where adaptation starts. With each batch that arrived,
 *
 * <pre>
 * θ̃ ← φ adapted on the batch
 * no boundary, if L(θ) &lt; L(θ̃) + γ:  θ ← θ adapted further                                    (prolonged adaptation)
 * a boundary otherwise:             φ ← φ − β·g(L(θ))·∇L(θ),  g(l) = min(1, l/λ);  θ ← φ adapted   (update modulation)
 * </pre>
 *
 * With β = 0 and γ = −∞ it is the frozen MAML of the paper: every batch is adapted to from the same φ.
 */
public final class ContinualMaml extends DurableNetworkLearner {

  private final Settings settings;
  private final StreamVector slow;
  private final StreamVector virtual;
  private final StreamVector gradient;
  private long boundaries;

  /**
   * How it learns, in the paper's letters.
   *
   * @param arriving examples of a batch
   * @param innerStep η, step size of adaptation
   * @param innerSteps steps of one adaptation
   * @param outerStep β, step size of the slow weights
   * @param tolerance γ, by how much the kept fast weights may be worse than fresh ones
   * @param fullUpdateAt λ, the loss from which on the slow weights take the whole step
   */
  public record Settings(
      int arriving,
      float innerStep,
      int innerSteps,
      float outerStep,
      float tolerance,
      float fullUpdateAt)
      implements DurableSettings {

    @Override
    public DurableLearner start(StreamProgram program, float[] theta, long seed) {
      return new ContinualMaml(program, theta, this, seed);
    }

    @Override
    public String name() {
      return "c-maml";
    }

    @Override
    public int memory() {
      return 0;
    }
  }

  ContinualMaml(StreamProgram program, float[] theta, Settings settings, long seed) {
    super(program, theta, settings.arriving(), seed);
    this.settings = settings;
    this.slow = this.theta.copy();
    this.virtual = slow.copy();
    this.gradient = program.zeros();
  }

  /** How often the slow weights were updated. */
  public long boundaries() {
    return boundaries;
  }

  @Override
  public void learn(List<StreamExample> arrived) {
    load(arrived);
    gradient.fill(0);
    double kept = program.addGradient(theta, batch, 1f, gradient);
    virtual.set(slow);
    adapt(virtual);
    double fresh = loss(virtual);
    if (kept < fresh + settings.tolerance()) {
      adapt(theta);
      return;
    }
    boundaries++;
    float modulation = (float) Math.min(1, kept / settings.fullUpdateAt());
    slow.add(-settings.outerStep() * modulation, gradient);
    theta.set(slow);
    adapt(theta);
  }

  private void adapt(StreamVector weights) {
    for (int step = 0; step < settings.innerSteps(); step++) {
      program.descend(weights, batch, settings.innerStep());
    }
  }

  private double loss(StreamVector weights) {
    return program.addGradient(weights, batch, 0f, gradient);
  }

  @Override
  Map<String, StreamVector> vectors() {
    return Map.of("slow", slow);
  }

  @Override
  Map<String, Long> counts() {
    return Map.of("boundaries", boundaries);
  }

  @Override
  void resumed(ContinualState state) {
    boundaries = state.count("boundaries");
  }
}
