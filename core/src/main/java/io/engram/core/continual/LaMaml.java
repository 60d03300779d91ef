package io.engram.core.continual;

import io.engram.core.compute.stream.GradientSum;
import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.random.RandomStream;
import java.util.List;
import java.util.Map;

/**
 * La-MAML (Gupta, Yadav &amp; Paull 2020, algorithm 1), first order as in its published code, with its two ablations. At each glance at the
 * new examples, with φ₀ = θ and a meta-batch of them and remembered ones,
 *
 * <pre>
 * φ_{j+1} = φ_j − α⁺ ∘ ∇ℓ_j(φ_j)                        one step a new example, α⁺ = max(α, 0)
 * m_j     = ∇L_meta(φ_j), averaged over j               ∂θ in first order
 * ∂α      = −mean over j of m_j ∘ Σ_{i &lt; j} ∇ℓ_i(φ_i)    eq. 5, where α was above 0
 * </pre>
 *
 * <ul>
 *   <li>La-MAML: α ← α − η·∂α, then θ ← θ − α⁺ ∘ mean m
 *   <li>Sync: α ← α − η·∂α, but θ ← θ − β·mean m
 *   <li>C-MAML: α stays, θ ← θ − β·mean m
 * </ul>
 */
public final class LaMaml extends DurableNetworkLearner {

  private final Settings settings;
  private final StreamVector fast;
  private final StreamVector alpha;
  private final StreamVector steps;
  private final StreamVector innerSum;
  private final StreamVector metaSum;
  private final StreamVector alphaGradient;
  private final GradientSum intoInnerSum;
  private final GradientSum intoAlphaGradient;
  private final GradientSum step;
  private final Reservoir memory;
  private final StreamBatch single;

  /** Which of the three. */
  public enum Variant {
    LA_MAML("la-maml"),
    SYNC("la-maml-sync"),
    C_MAML("la-maml-c");

    final String learner;

    Variant(String learner) {
      this.learner = learner;
    }
  }

  /**
   * How it learns.
   *
   * @param variant which of the three
   * @param arriving new examples seen together
   * @param replayed remembered examples of a meta-batch
   * @param glances updates on the same new examples
   * @param steps how far
   * @param memory examples kept
   */
  public record Settings(
      Variant variant, int arriving, int replayed, int glances, Steps steps, int memory)
      implements DurableSettings {

    public Settings {
      OutOfBounds.atLeastOne("arriving", arriving);
      OutOfBounds.notNegative("replayed", replayed);
      OutOfBounds.atLeastOne("glances", glances);
      OutOfBounds.atLeastOne("memory", memory);
    }

    /** Stands in the store's identity and in the lineage of every version. */
    @Override
    public String toString() {
      return "Settings[variant=%s, arriving=%s, replayed=%s, glances=%s, initialStep=%s, stepRate=%s, outerStep=%s, clip=%s, memory=%s]"
          .formatted(
              variant,
              arriving,
              replayed,
              glances,
              steps.initial,
              steps.rate,
              steps.outer,
              steps.clip,
              memory);
    }

    @Override
    public DurableLearner start(StreamProgram program, float[] theta, long seed) {
      return new LaMaml(program, theta, this, seed);
    }

    @Override
    public String name() {
      return variant.learner;
    }
  }

  /**
   * How far steps go, in the paper's letters.
   *
   * @param initial α at the start, for every parameter
   * @param rate η, the step size of α
   * @param outer β of Sync and C-MAML
   * @param clip largest norm of the gradients of θ and of α
   */
  public record Steps(float initial, float rate, float outer, float clip) {

    public Steps {
      if (!Float.isFinite(initial)) {
        throw new OutOfBounds("inner-step", initial, "finite");
      }
      OutOfBounds.notNegative("step-rate", rate);
      OutOfBounds.notNegative("outer-step", outer);
      OutOfBounds.positive("clip", clip);
    }
  }

  LaMaml(StreamProgram program, float[] theta, Settings settings, long seed) {
    super(program, theta, settings.arriving(), seed);
    this.settings = settings;
    this.fast = program.zeros();
    this.alpha = program.zeros();
    this.steps = program.zeros();
    this.innerSum = program.zeros();
    this.metaSum = program.zeros();
    this.alphaGradient = program.zeros();
    this.intoInnerSum = GradientSum.of(1f, innerSum);
    this.intoAlphaGradient = new GradientSum(1f, metaSum, alphaGradient);
    this.step = new GradientSum(-1f, steps, fast);
    this.memory = new Reservoir(settings.memory(), seed);
    this.single = new StreamBatch(program.network().outputs());
    alpha.fill(settings.steps().initial());
    steps.rectify(alpha);
  }

  @Override
  public void learn(List<StreamExample> arrived) {
    for (int glance = 0; glance < settings.glances(); glance++) {
      RandomStream draw = nextDraw();
      load(arrived, memory, settings.replayed(), draw);
      lookAhead(arrived, draw.permutation(arrived.size()));
      update();
    }
    arrived.forEach(memory::offer);
  }

  /**
   * Walks φ over the new examples and collects mean m, on the meta-batch, and ∂α on the way. With M_i the sum of m up to j = i, eq. 5 is
   * {@code Σ_j m_j ∘ Σ_{i ≤ j} g_i = M ∘ Σ_i g_i − Σ_i g_i ∘ M_{i−1}}: of the gradient g_i of one example most rows are zero, of m_j few.
   */
  private void lookAhead(List<StreamExample> arrived, int[] order) {
    boolean learnsSteps = settings.variant() != Variant.C_MAML;
    GradientSum intoMetaSum = GradientSum.of(1f / arrived.size(), metaSum);
    fast.set(theta);
    metaSum.fill(0);
    innerSum.fill(0);
    alphaGradient.fill(0);
    for (int i : order) {
      StreamExample example = arrived.get(i);
      single.clear();
      single.add(example.input(), example.label(), 1f);
      program.computeGradient(fast, single);
      if (learnsSteps) {
        program.add(intoInnerSum);
        program.add(intoAlphaGradient);
      }
      program.add(step);
      program.addGradient(fast, batch, intoMetaSum);
    }
    if (learnsSteps) {
      alphaGradient.addProduct(-1f, metaSum, innerSum);
    }
  }

  private void update() {
    float share = shortening(metaSum);
    if (settings.variant() != Variant.C_MAML) {
      alphaGradient.keepWherePositive(alpha);
      alpha.add(-settings.steps().rate() * shortening(alphaGradient), alphaGradient);
      steps.rectify(alpha);
    }
    if (settings.variant() == Variant.LA_MAML) {
      theta.addProduct(-share, steps, metaSum);
    } else {
      theta.add(-settings.steps().outer() * share, metaSum);
    }
  }

  /** What a gradient is to be multiplied by for the bound on its norm. */
  private float shortening(StreamVector gradient) {
    return (float) Math.min(1, settings.steps().clip() / gradient.norm());
  }

  @Override
  Reservoir memory() {
    return memory;
  }

  @Override
  Map<String, StreamVector> vectors() {
    return Map.of("alpha", alpha);
  }

  @Override
  void resumed(ContinualState state) {
    steps.rectify(alpha);
  }
}
