package io.engram.engine;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerOptimizer.Adam;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Chains the moments that the episodes of a batch end with, as {@link io.engram.core.compute.episode.MetaGradient#moments()} wants them:
 * {@code u ← βᴷ(u − v₀) + v_i} in episode order, from u = v₀.
 */
public final class MomentChain {

  private MomentChain() {}

  /** β₁ᴷ. */
  public static float keptOfFirst(Adam adam, InnerLoop loop) {
    return (float) Math.pow(adam.beta1(), loop.steps());
  }

  /** β₂ᴷ. */
  public static float keptOfSecond(Adam adam, InnerLoop loop) {
    return (float) Math.pow(adam.beta2(), loop.steps());
  }

  /** t after {@code episodes} episodes. */
  public static long steps(Adam adam, InnerLoop loop, int episodes) {
    return (adam.start() == null ? 0 : adam.start().steps()) + (long) episodes * loop.steps();
  }

  /** Elements {@code from} … {@code to − 1} before the first episode: as at the batch's start, null standing for zeros. */
  public static void begin(float @Nullable [] start, float[] moment, int from, int to) {
    if (start == null) {
      Arrays.fill(moment, from, to, 0f);
    } else {
      System.arraycopy(start, from, moment, from, to - from);
    }
  }

  /** The same elements after one more episode, which ended with {@code end}. */
  public static void add(
      float kept, float @Nullable [] start, float[] end, float[] moment, int from, int to) {
    if (start == null) {
      for (int i = from; i < to; i++) {
        moment[i] = kept * moment[i] + end[i];
      }
    } else {
      for (int i = from; i < to; i++) {
        moment[i] = kept * (moment[i] - start[i]) + end[i];
      }
    }
  }
}
