package io.engram.core.continual;

import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.kind.OutOfBounds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Continual backpropagation (Dohare et al. 2024, "Loss of plasticity in deep continual learning", algorithm 1): online SGD in which hidden units
 * that have become useless begin anew, so that there always are some that can still learn.
 *
 * <pre>
 * θ ← θ − α·∇L(new examples)
 * of every hidden layer, after each step:
 *   u ← η·u + (1 − η)·|h|·Σₖ|wₖ|,   a ← a + 1        utility and age of each unit, wₖ its outgoing weights
 *   c ← c + ρ·(number of units with a &gt; m)
 *   if c &gt; 1:  of these, the one with the least u begins anew, c ← c − 1
 * </pre>
 *
 * <p>A unit that begins anew has incoming weights as at the start of all, no bias, outgoing weights of zero, and no utility and age. What the network answers changes by
 * what the unit last gave, which is little: that is why it was chosen.
 */
public final class ContinualBackprop extends DurableNetworkLearner {

  private final StreamStep step;
  private final List<HiddenLayer> layers;
  private final UnitTurnover[] turnovers;
  private final float[] contributions;
  private final float[] flat;
  private final float[] utilities;
  private final float[] ages;

  /**
   * How it learns.
   *
   * @param arriving examples of a step
   * @param step α
   * @param replacement ρ, the share of the mature units of a layer that begin anew at each step
   * @param maturity m, steps before a unit may
   * @param decay η, of utilities
   */
  public record Settings(int arriving, float step, float replacement, int maturity, float decay)
      implements DurableSettings {

    public Settings {
      OutOfBounds.atLeastOne("arriving", arriving);
      OutOfBounds.positive("step", step);
      OutOfBounds.notNegative("replacement", replacement);
      OutOfBounds.atLeastOne("maturity", maturity);
      OutOfBounds.share("decay", decay);
    }

    @Override
    public DurableLearner start(StreamProgram program, float[] theta, long seed) {
      return new ContinualBackprop(program, theta, this, seed);
    }

    @Override
    public String name() {
      return ContinualBackpropKind.NAME;
    }

    @Override
    public int memory() {
      return 0;
    }
  }

  ContinualBackprop(StreamProgram program, float[] theta, Settings settings, long seed) {
    super(program, theta, settings.arriving(), seed);
    this.step = StreamStep.of(settings.step());
    this.layers = HiddenLayer.of(program.network().layout());
    this.turnovers = new UnitTurnover[layers.size()];
    int units = 0;
    for (int l = 0; l < turnovers.length; l++) {
      turnovers[l] = new UnitTurnover(layers.get(l).units(), settings);
      units += layers.get(l).units();
    }
    this.contributions = new float[units];
    this.flat = new float[theta.length];
    this.utilities = new float[theta.length];
    this.ages = new float[theta.length];
  }

  @Override
  public void learn(List<StreamExample> arrived) {
    load(arrived);
    program.descend(theta, batch, step);
    program.contributions(theta, contributions);
    int first = 0;
    for (int l = 0; l < turnovers.length; l++) {
      int useless = turnovers[l].after(contributions, first);
      if (useless != UnitTurnover.NONE) {
        renew(layers.get(l), useless);
      }
      first += layers.get(l).units();
    }
  }

  /** Rare enough to go through θ in layout order. */
  private void renew(HiddenLayer layer, int unit) {
    program.store(theta, flat);
    layer.renew(flat, unit, nextDraw());
    program.load(flat, theta);
  }

  /** Each unit's where θ has its bias. */
  @Override
  Map<String, float[]> arrays() {
    for (int l = 0; l < turnovers.length; l++) {
      turnovers[l].store(utilities, ages, layers.get(l).bias());
    }
    return Map.of("utility", utilities, "age", ages);
  }

  /** The fractions of a unit that are due, as the bits of a double. */
  @Override
  Map<String, Long> counts() {
    Map<String, Long> due = new HashMap<>();
    for (int l = 0; l < turnovers.length; l++) {
      due.put(due(l), Double.doubleToRawLongBits(turnovers[l].due()));
    }
    return due;
  }

  @Override
  void resumed(ContinualState state) {
    for (int l = 0; l < turnovers.length; l++) {
      double due = Double.longBitsToDouble(state.count(due(l)));
      turnovers[l].resume(utilities, ages, layers.get(l).bias(), due);
    }
  }

  private static String due(int layer) {
    return "due." + layer;
  }
}
