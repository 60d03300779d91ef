package io.engram.engine;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerOptimizer.Adam;
import io.engram.core.compute.episode.InnerOptimizer.AdamMoments;
import org.jspecify.annotations.Nullable;

/** The moments after a batch, filled in episode by episode; for engines that work in the port's order. */
public final class InnerMoments {

  private final InnerLoop loop;
  private final Adam adam;
  private final AdamMoments after;

  private InnerMoments(InnerLoop loop, Adam adam, AdamMoments after) {
    this.loop = loop;
    this.adam = adam;
    this.after = after;
    MomentChain.begin(first(adam), after.first(), 0, after.first().length);
    MomentChain.begin(second(adam), after.second(), 0, after.second().length);
  }

  /**
   * Begins a batch.
   *
   * @param after where they are written, or null if they were not asked for: then null is returned
   */
  public static @Nullable InnerMoments begin(InnerLoop loop, @Nullable AdamMoments after) {
    return after != null && loop.optimizer() instanceof Adam adam
        ? new InnerMoments(loop, adam, after)
        : null;
  }

  /** Adds the next contributing episode, whose inner loop is done. */
  public void add(InnerStep episode) {
    MomentChain.add(
        MomentChain.keptOfFirst(adam, loop),
        first(adam),
        episode.first(),
        after.first(),
        0,
        after.first().length);
    MomentChain.add(
        MomentChain.keptOfSecond(adam, loop),
        second(adam),
        episode.second(),
        after.second(),
        0,
        after.second().length);
  }

  /** t after {@code contributing} episodes. */
  public long steps(int contributing) {
    return MomentChain.steps(adam, loop, contributing);
  }

  private static float @Nullable [] first(Adam adam) {
    return adam.start() == null ? null : adam.start().first();
  }

  private static float @Nullable [] second(Adam adam) {
    return adam.start() == null ? null : adam.start().second();
  }
}
