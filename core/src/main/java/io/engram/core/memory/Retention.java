package io.engram.core.memory;

import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import java.util.List;

/**
 * What a full memory keeps. A policy gives each task a rank, and the groups it may be counted to; the memory evicts the largest rank
 * of the largest group. Ranks are functions of the seed and the task alone, so what is kept does not depend on when a task is offered, or
 * how often.
 */
public enum Retention {

  /**
   * A uniform sample of all tasks ever offered: the k smallest hash tags (bottom-k sampling, Cohen &amp; Kaplan 2007, which is
   * reservoir sampling that can be interrupted anywhere).
   */
  RESERVOIR {
    @Override
    long rank(Offer task, long seed) {
      return tag(task, seed);
    }
  },

  /** As many tasks of each task key as of any other, as far as there are so many; within a key a uniform sample. */
  BALANCED_BY_KEY {
    @Override
    long rank(Offer task, long seed) {
      return tag(task, seed);
    }

    @Override
    List<String> groups(Offer task) {
      return List.of(task.key());
    }
  },

  /** As many tasks of each class; a task counts to whichever of its classes the memory has least of. */
  BALANCED_BY_CLASS {
    @Override
    long rank(Offer task, long seed) {
      return tag(task, seed);
    }

    @Override
    List<String> groups(Offer task) {
      return task.classes().isEmpty() ? ONE_GROUP : task.classes();
    }
  },

  /** The newest tasks. */
  SLIDING_WINDOW {
    @Override
    long rank(Offer task, long seed) {
      return -task.arrival();
    }
  },

  /**
   * A sample in which a task's chance grows with its surprise: weighted reservoir sampling by exponential ranks −ln(u)/w (Efraimidis
   * &amp; Spirakis 2006, algorithm A-ES in logarithms).
   */
  SURPRISE_WEIGHTED {
    @Override
    long rank(Offer task, long seed) {
      double uniform = ((tag(task, seed) >>> 11) + 1) * 0x1.0p-53;
      double weight = SMALLEST_SURPRISE + task.surprise();
      // Positive doubles and their bits are ordered alike.
      return Double.doubleToLongBits(-StrictMath.log(uniform) / weight);
    }
  };

  /** Even a task that was predicted perfectly can be kept. */
  private static final double SMALLEST_SURPRISE = 0.01;

  private static final List<String> ONE_GROUP = List.of("");

  abstract long rank(Offer task, long seed);

  /** The groups a task may be counted to; the memory takes the smallest. */
  List<String> groups(Offer task) {
    return ONE_GROUP;
  }

  private static long tag(Offer task, long seed) {
    return Seeds.derive(
        seed, Purpose.ADMISSION, task.position().partition(), task.position().offset());
  }
}
