package io.engram.core.continual;

import io.engram.core.compute.stream.GradientSum;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.kind.OutOfBounds;
import java.util.List;
import java.util.Map;

/**
 * Continual-MAML for streams without boundaries (Caccia et al. 2020, algorithm 2), first order. Fast weights θ predict; slow weights φ are
 * where adaptation starts. With each batch that arrived,
 *
 * <pre>
 * θ̃ ← φ adapted on the batch
 * no boundary, if L(θ) &lt; L(θ̃) + γ:  θ ← θ adapted further                              (prolonged adaptation)
 * a boundary otherwise:             φ ← φ − β·g(l)·∇l,  B ← ∅;  θ ← φ adapted on the batch  (update modulation)
 * B ← B ∪ batch
 * </pre>
 *
 * with B the examples of the session, l = L(φ adapted on one half of B; the other half) and g(l) = min(1, l/λ). As in the authors' program
 * (ServiceNow/osaka, {@code observe_accumulate}), φ also takes its step and B begins anew when B is full. They split B in time; here its
 * examples go to the halves in turns, so that one batch is enough. They use Adam and learned step sizes, which are left out.
 *
 * <p>With β = 0 and γ = −∞ it is the frozen MAML of the paper: every batch is adapted to from the same φ.
 */
public final class ContinualMaml extends SessionLearner {

  private final Settings settings;
  private final StreamStep innerStep;
  private final StreamVector gradient;
  private final GradientSum intoGradient;
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
   * @param memory examples of a session that are kept, |B|
   * @param freshHead whether φ keeps a last layer of zeros, for streams on which an output means something else in every session
   */
  public record Settings(
      int arriving,
      float innerStep,
      int innerSteps,
      float outerStep,
      float tolerance,
      float fullUpdateAt,
      int memory,
      boolean freshHead)
      implements DurableSettings {

    public Settings {
      OutOfBounds.atLeastOne("arriving", arriving);
      OutOfBounds.positive("inner-step", innerStep);
      OutOfBounds.atLeastOne("inner-steps", innerSteps);
      OutOfBounds.notNegative("outer-step", outerStep);
      OutOfBounds.positive("full-update-at", fullUpdateAt);
      OutOfBounds.atLeastOne("memory", memory);
    }

    @Override
    public DurableLearner start(StreamProgram program, float[] theta, long seed) {
      return new ContinualMaml(program, theta, this, seed);
    }

    @Override
    public String name() {
      return ContinualMamlKind.NAME;
    }
  }

  ContinualMaml(StreamProgram program, float[] theta, Settings settings, long seed) {
    super(program, theta, settings.arriving(), seed, settings.memory(), settings.freshHead());
    this.settings = settings;
    this.innerStep = StreamStep.of(settings.innerStep());
    this.gradient = program.zeros();
    this.intoGradient = GradientSum.of(1f, gradient);
  }

  /** How often fresh fast weights were better than the kept ones. */
  public long boundaries() {
    return boundaries;
  }

  @Override
  public void learn(List<StreamExample> arrived) {
    if (session.isEmpty()) {
      theta.set(slow);
    }
    load(arrived);
    Comparison loss = compare();
    if (loss.kept() < loss.fresh() + settings.tolerance()) {
      adapt(theta);
    } else {
      boundaries++;
      endSession();
      load(arrived);
      theta.set(slow);
      adapt(theta);
    }
    if (session.size() + arrived.size() > settings.memory()) {
      endSession();
    }
    keep(arrived);
  }

  /** The outer step, if there is a session to take it on. */
  private void endSession() {
    if (session.size() > 1 && settings.outerStep() > 0) {
      loadHalf(0);
      virtual.set(slow);
      adapt(virtual);
      loadHalf(1);
      gradient.fill(0);
      double loss = program.addGradient(virtual, batch, intoGradient);
      float modulation = (float) Math.min(1, loss / settings.fullUpdateAt());
      slow.add(-settings.outerStep() * modulation, gradient);
      if (settings.freshHead()) {
        clearHead();
      }
    }
    session.forget();
  }

  private void loadHalf(int first) {
    int half = (session.size() - first + 1) / 2;
    float weight = 1f / half;
    batch.clear();
    for (int i = first; i < session.size(); i += 2) {
      add(session.get(i), weight);
    }
  }

  @Override
  void adapt(StreamVector weights) {
    for (int step = 0; step < settings.innerSteps(); step++) {
      program.descend(weights, batch, innerStep);
    }
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
