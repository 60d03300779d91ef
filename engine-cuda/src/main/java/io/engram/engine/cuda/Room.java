package io.engram.engine.cuda;

import io.engram.engine.cuda.device.Device;
import io.engram.engine.cuda.device.DeviceMemoryException;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToLongFunction;

/** How many tasks fit on the card at once. */
final class Room {

  private static final System.Logger LOG = System.getLogger(Room.class.getName());

  /** Of the card's memory; the rest is for plans of other shapes. */
  private static final double SHARE = 0.8;

  /** The second dimension of a grid ends here. */
  private static final int MOST = 65_535;

  /** Shapes come and go with the stream. */
  private static final int MOST_KNOWN = 64;

  private final long free;
  private final long bytes;
  private final String device;

  /** Answers given last, by shape. */
  private final Map<Object, Integer> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Integer> eldest) {
          return size() > MOST_KNOWN;
        }
      };

  Room(Device device) {
    this(device.freeBytes(), device.description());
  }

  Room(long free, String device) {
    this.free = free;
    this.bytes = (long) (SHARE * free);
    this.device = device;
  }

  /**
   * The same of a shape that was asked for before, without counting again: that takes as long as recording a plan.
   *
   * @param shape what the answer depends on
   */
  int togetherOf(Object shape, int wanted, IntToLongFunction need) {
    Integer found = known.get(shape);
    if (found == null) {
      found = together(wanted, need);
      known.put(shape, found);
    }
    return found;
  }

  /**
   * The most of {@code wanted} tasks that fit together, where the others can follow.
   *
   * @param need bytes of a plan by how many tasks it takes at once
   * @throws DeviceMemoryException if not even one does
   */
  int together(int wanted, IntToLongFunction need) {
    return together(wanted, need, need);
  }

  /**
   * The most of a batch of {@code wanted} tasks that fit together, where all of them leave something behind until the batch is done.
   *
   * @param need bytes of the batch's plan by how many tasks it takes at once
   * @param smaller bytes of a plan for a smaller batch, by its size, which takes its tasks one at a time
   * @throws DeviceMemoryException if the batch does not fit even with one task at a time; the message says how many tasks would
   */
  int together(int wanted, IntToLongFunction need, IntToLongFunction smaller) {
    int most = Math.min(wanted, MOST);
    if (need.applyAsLong(most) <= bytes) {
      return most;
    }
    if (need.applyAsLong(1) > bytes) {
      throw new DeviceMemoryException(refusal(wanted, need, smaller));
    }
    int fits = largest(most, need);
    LOG.log(
        Level.DEBUG, () -> "%,d of %,d tasks at a time fit on %s".formatted(fits, wanted, device));
    return fits;
  }

  private String refusal(int wanted, IntToLongFunction need, IntToLongFunction smaller) {
    String where =
        "%s has %,d MiB free, of which %,d may be used".formatted(device, free >> 20, bytes >> 20);
    long one = smaller.applyAsLong(1);
    if (one > bytes) {
      return "%s, but one task needs %,d MiB; use a smaller network, fewer examples or inner steps, or learner.engine = fused"
          .formatted(where, mib(one));
    }
    return "%s, but a meta-batch of %,d tasks needs %,d MiB even one task after another; %,d tasks fit: use smaller meta-batches, or learner.engine = fused"
        .formatted(where, wanted, mib(need.applyAsLong(1)), largest(wanted, smaller));
  }

  /** The largest number below {@code tooMany} that fits; 1 does. */
  private int largest(int tooMany, IntToLongFunction need) {
    int fits = 1;
    int beyond = tooMany;
    while (beyond - fits > 1) {
      int middle = (fits + beyond) >>> 1;
      if (need.applyAsLong(middle) <= bytes) {
        fits = middle;
      } else {
        beyond = middle;
      }
    }
    return fits;
  }

  /** Rounded up: what is said to be needed is enough. */
  private static long mib(long need) {
    return (need + (1L << 20) - 1) >> 20;
  }
}
