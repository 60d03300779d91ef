package io.engram.core.baseline;

import java.nio.DoubleBuffer;
import java.util.Arrays;

/**
 * Experts weighted by what they were worth over past tasks. It starts from trusting the best expert so far and lets evidence move it;
 * how easily it is moved is chosen as well: the answers under several strengths are all scored, and the best so far speaks. Being
 * unmovable is one of them. That answer, the one of each strength and each expert's own then share the {@link Say}, so that the mixture is hardly
 * ever worse than the best expert. Of numbers a task counts the less the further off all experts were: a few wild rows should not decide.
 *
 * <p>Owned by one thread. What it knows fits into a few hundred numbers, see {@link #save()}.
 */
public final class Mixture {

  private static final double[] STRENGTHS = {Double.POSITIVE_INFINITY, 1000, 100, 10};

  /** After each task, of what is known about weights: some hundred tasks count. */
  private static final double FORGOTTEN = 0.01;

  /** After each task, of losses: experts that learn get better, and what they did twenty tasks ago says little. */
  private static final double LOSS_FORGOTTEN = 0.1;

  /** Of the level that losses usually have. */
  private static final double SLOWLY_FORGOTTEN = 0.01;

  private final Pool pool;
  private final Trust trust;
  private final double[] expertLosses;
  private final double[] strengthLosses = new double[STRENGTHS.length];
  private final Say say;
  private double level;
  private double tasks;
  private double[][] weights;

  Mixture(Pool pool, int experts) {
    this.pool = pool;
    trust = new Trust(experts);
    expertLosses = new double[experts];
    say = new Say(candidates(experts));
    weights = decide();
  }

  /** Of experts on numbers. */
  public static Mixture ofNumbers(int experts) {
    return new Mixture(Pool.numbers(), experts);
  }

  /** Of experts on classes. */
  public static Mixture ofClasses(int experts) {
    return new Mixture(Pool.classes(), experts);
  }

  /** Numbers that {@link #save()} hands out for so many experts. */
  public static int savedLength(int experts) {
    return Trust.savedLength(experts)
        + experts
        + STRENGTHS.length
        + Say.savedLength(candidates(experts))
        + 2;
  }

  /** All that it knows. */
  public double[] save() {
    double[] saved = new double[savedLength(expertLosses.length)];
    DoubleBuffer out = DoubleBuffer.wrap(saved);
    trust.save(out);
    out.put(expertLosses).put(strengthLosses);
    say.save(out);
    out.put(level).put(tasks);
    return saved;
  }

  /**
   * Takes up what another of as many experts knew.
   *
   * @throws IllegalArgumentException if that was of another number of experts
   */
  public void restore(double[] saved) {
    if (saved.length != savedLength(expertLosses.length)) {
      throw new IllegalArgumentException(
          "what a mixture of %d experts knows are %d numbers, found %d"
              .formatted(expertLosses.length, savedLength(expertLosses.length), saved.length));
    }
    DoubleBuffer in = DoubleBuffer.wrap(saved);
    trust.restore(in);
    in.get(expertLosses).get(strengthLosses);
    say.restore(in);
    level = in.get();
    tasks = in.get();
    weights = decide();
  }

  /** [experts] weights that the mixture answers with: those of all candidates, as each has its say. */
  public double[] weights() {
    double[] answering = new double[expertLosses.length];
    double[] shares = say.of();
    double[][] candidates = candidates();
    for (int k = 0; k < shares.length; k++) {
      for (int e = 0; e < answering.length; e++) {
        answering[e] += shares[k] * candidates[k][e];
      }
    }
    return answering;
  }

  private static int candidates(int experts) {
    return 1 + STRENGTHS.length + experts;
  }

  /** Weights of whoever has a say, [candidates × experts]: of the best strength, of each strength, of each expert alone. */
  private double[][] candidates() {
    double[][] candidates = new double[candidates(expertLosses.length)][];
    candidates[0] = spoken();
    System.arraycopy(weights, 0, candidates, 1, STRENGTHS.length);
    for (int e = 0; e < expertLosses.length; e++) {
      candidates[1 + STRENGTHS.length + e] = alone(e);
    }
    return candidates;
  }

  private double[] spoken() {
    return weights[least(strengthLosses)];
  }

  private double[] alone(int expert) {
    double[] alone = new double[expertLosses.length];
    alone[expert] = 1;
    return alone;
  }

  /** Its answers, [queries × width], to a task that the experts answered with [experts × queries × width]. */
  public double[][] answer(double[][][] answers) {
    return pool.combine(answers, weights());
  }

  /** Learns from a task that was answered. */
  public void learn(double[][][] answers, double[][] labels) {
    double[] losses = new double[answers.length];
    Arrays.setAll(losses, e -> pool.loss(answers[e], labels));
    double counted = counted(losses);
    double[][][] said = said(answers);
    say.learn(slopes(said, answer(answers), labels, counted));
    for (int e = 0; e < answers.length; e++) {
      expertLosses[e] = later(expertLosses[e], counted * losses[e]);
    }
    for (int s = 0; s < STRENGTHS.length; s++) {
      strengthLosses[s] = later(strengthLosses[s], counted * pool.loss(said[1 + s], labels));
    }
    trust.forget(FORGOTTEN);
    pool.learn(answers, labels, spoken(), trust.counting(counted));
    weights = decide();
  }

  /** What each of the {@link #candidates()} answers. */
  private double[][][] said(double[][][] answers) {
    return Arrays.stream(candidates())
        .map(weights -> pool.combine(answers, weights))
        .toArray(double[][][]::new);
  }

  private double[] slopes(double[][][] said, double[][] answer, double[][] labels, double counted) {
    double[] slopes = pool.slopes(said, answer, labels);
    for (int k = 0; k < slopes.length; k++) {
      slopes[k] *= counted;
    }
    return slopes;
  }

  /** How much a task counts: 1 at the usual level of losses, 2 where there is hardly any, towards 0 where all are far off. */
  private double counted(double[] losses) {
    double[] sorted = losses.clone();
    Arrays.sort(sorted);
    double usual = sorted[sorted.length / 2];
    tasks++;
    level += (usual - level) * Math.max(1 / tasks, SLOWLY_FORGOTTEN);
    return pool.tails() && level > 0 ? 2 / (1 + usual / level) : 1;
  }

  private double[][] decide() {
    double[] best = alone(least(expertLosses));
    double[][] decided = new double[STRENGTHS.length][];
    Arrays.setAll(decided, s -> trust.weights(best, STRENGTHS[s]));
    return decided;
  }

  private static double later(double before, double loss) {
    return (1 - LOSS_FORGOTTEN) * before + loss;
  }

  private static int least(double[] losses) {
    int least = 0;
    for (int i = 1; i < losses.length; i++) {
      if (losses[i] < losses[least]) {
        least = i;
      }
    }
    return least;
  }
}
