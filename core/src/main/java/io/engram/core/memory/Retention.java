package io.engram.core.memory;

import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import java.util.List;

/** The retention policies that come with Engram. */
public enum Retention implements RetentionPolicy {

  /**
   * A uniform sample of all tasks ever offered: the k smallest hash tags (bottom-k sampling, Cohen &amp; Kaplan 2007, which is
   * reservoir sampling that can be interrupted anywhere).
   */
  RESERVOIR {
    @Override
    public long rank(Offer task, long seed) {
      return tag(task, seed);
    }
  },

  /** As many tasks of each task key as of any other, as far as there are so many; within a key a uniform sample. */
  BALANCED_BY_KEY {
    @Override
    public long rank(Offer task, long seed) {
      return tag(task, seed);
    }

    @Override
    public List<String> groups(Offer task) {
      return List.of(task.key());
    }
  },

  /** As many tasks of each class; a task counts to whichever of its classes the memory has least of. */
  BALANCED_BY_CLASS {
    @Override
    public long rank(Offer task, long seed) {
      return tag(task, seed);
    }

    @Override
    public List<String> groups(Offer task) {
      return task.classes().isEmpty() ? ONE_GROUP : task.classes();
    }
  },

  /** The newest tasks. */
  SLIDING_WINDOW {
    @Override
    public long rank(Offer task, long seed) {
      return -task.arrival();
    }
  },

  /**
   * A sample in which a task's chance grows with its surprise: weighted reservoir sampling by exponential ranks −ln(u)/w (Efraimidis
   * &amp; Spirakis 2006, algorithm A-ES in logarithms).
   */
  SURPRISE_WEIGHTED {
    @Override
    public long rank(Offer task, long seed) {
      double uniform = ((tag(task, seed) >>> 11) + 1) * 0x1.0p-53;
      double weight = SMALLEST_SURPRISE + task.surprise();
      // Positive doubles and their bits are ordered alike.
      return Double.doubleToLongBits(-StrictMath.log(uniform) / weight);
    }
  };

  /** Even a task that was predicted perfectly can be kept. */
  private static final double SMALLEST_SURPRISE = 0.01;

  private static final List<String> ONE_GROUP = List.of("");

  @Override
  public List<String> groups(Offer task) {
    return ONE_GROUP;
  }

  private static long tag(Offer task, long seed) {
    return Seeds.derive(
        seed, Purpose.ADMISSION, task.position().partition(), task.position().offset());
  }
}
