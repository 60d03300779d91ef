package io.engram.engine;

import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;

/**
 * Which support examples each inner step sees under {@link io.engram.core.compute.episode.InnerLoop.Batching.Mini}, the same for every
 * engine: the support set in random order, reshuffled at each pass; a batch may span two passes. Not thread-safe; made once,
 * started again for every episode.
 */
public final class MiniBatches {

  private int[] order = new int[0];
  private int examples;
  private long seed;
  private int pass;
  private int next;

  /** Begins an episode of {@code examples} support examples with the episode's seed. */
  public void start(int examples, long seed) {
    this.examples = examples;
    this.seed = seed;
    this.pass = 0;
    if (order.length < examples) {
      order = new int[examples];
    }
    shuffle();
  }

  /** Index of the next example. */
  public int next() {
    if (next == examples) {
      pass++;
      shuffle();
    }
    return order[next++];
  }

  /** Each pass has a stream of its own, so the order depends on (seed, pass) alone. */
  private void shuffle() {
    RandomStream random = new RandomStream(Seeds.derive(seed, Purpose.MINI_BATCH, pass));
    for (int i = 0; i < examples; i++) {
      order[i] = i;
    }
    for (int i = examples - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    next = 0;
  }
}
