package io.engram.core.memory;

import io.engram.core.kind.Key;
import io.engram.core.kind.Values;

/**
 * How remembered tasks are drawn for replay: the weight of each. Weights are whole numbers, so that sums are exact. A draw without settings
 * is found by {@link java.util.ServiceLoader} itself, one with settings by its {@link DrawKind}. Its text form belongs to a version's lineage.
 */
public interface ReplayDraw {

  /** Its name in a configuration: lower case with hyphens. */
  String name();

  /**
   * The weight of a task, relative to the others'.
   *
   * @param arrivals tasks that have arrived so far
   */
  long weight(Remembered task, long arrivals);

  /** Whether weights change as tasks arrive, and not only when the memory does. */
  default boolean ages() {
    return false;
  }

  /** Every task alike. */
  record Uniform() implements ReplayDraw {

    @Override
    public String name() {
      return "uniform";
    }

    @Override
    public long weight(Remembered task, long arrivals) {
      return 1;
    }
  }

  /** Half the weight for every {@code halfLife} tasks that have arrived since; never quite nothing. */
  record RecencyWeighted(long halfLife) implements ReplayDraw {

    private static final String NAME = "recency-weighted";
    private static final int LARGEST_EXPONENT = 40;

    public RecencyWeighted {
      if (halfLife < 1) {
        throw new IllegalArgumentException("half-life must be at least 1 task, found " + halfLife);
      }
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public long weight(Remembered task, long arrivals) {
      double age = (double) (arrivals - task.arrival()) / halfLife;
      return Math.max(1, (long) (0x1.0p40 * StrictMath.pow(2, -Math.min(age, LARGEST_EXPONENT))));
    }

    @Override
    public boolean ages() {
      return true;
    }

    /** As it is configured: {@code learner.half-life}. */
    public static final class Kind extends PlainDrawKind {

      private static final String KEY = "half-life";

      public Kind() {
        super(NAME, Key.of(KEY, 1000L));
      }

      @Override
      public ReplayDraw draw(Values values) {
        return new RecencyWeighted(values.wide(KEY));
      }
    }
  }

  /**
   * Among those most like the arriving tasks (memory-based meta-learning; see {@link Neighbourhood}): each of the group's tasks brings
   * in some of its nearest, every one of them alike.
   *
   * @param neighbours from how many nearest to draw; more for variety
   */
  record SimilarToTask(int neighbours) implements ReplayDraw {

    private static final String NAME = "similar";

    public SimilarToTask {
      if (neighbours < 1) {
        throw new IllegalArgumentException("neighbours must be at least 1, found " + neighbours);
      }
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public long weight(Remembered task, long arrivals) {
      return 1;
    }

    /** As it is configured: {@code learner.neighbours}. */
    public static final class Kind extends PlainDrawKind {

      private static final String KEY = "neighbours";

      public Kind() {
        super(NAME, Key.of(KEY, 16));
      }

      @Override
      public ReplayDraw draw(Values values) {
        return new SimilarToTask(values.integer(KEY));
      }
    }
  }

  /** In proportion to how badly the task was predicted when it came (prioritised replay, Schaul et al. 2016, with α = 1). */
  record SurpriseWeighted() implements ReplayDraw {

    @Override
    public String name() {
      return "surprise-weighted";
    }

    private static final double SCALE = 1 << 20;
    private static final double LARGEST_SURPRISE = 1 << 10;

    @Override
    public long weight(Remembered task, long arrivals) {
      return 1 + (long) (SCALE * Math.min(LARGEST_SURPRISE, task.surprise()));
    }
  }
}
