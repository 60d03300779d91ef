package io.engram.engine.cuda;

import io.engram.engine.cuda.device.Device;
import io.engram.engine.cuda.device.DeviceMemoryException;
import java.util.function.IntToLongFunction;

/** How many tasks fit on the card at once. */
final class Room {

  /** Of the card's memory; the rest is for plans of other shapes. */
  private static final double SHARE = 0.8;

  /** The second dimension of a grid ends here. */
  private static final int MOST = 65_535;

  private final long bytes;
  private final String device;

  Room(Device device) {
    this.bytes = (long) (SHARE * device.freeBytes());
    this.device = device.description();
  }

  /**
   * The most of {@code wanted} tasks that fit together.
   *
   * @param need bytes of a plan by how many tasks it takes at once
   * @throws DeviceMemoryException if not even one does
   */
  int together(int wanted, IntToLongFunction need) {
    int most = Math.min(wanted, MOST);
    if (need.applyAsLong(most) <= bytes) {
      return most;
    }
    long one = need.applyAsLong(1);
    if (one > bytes) {
      throw new DeviceMemoryException(
          "%s has %,d MiB for this, but one task needs %,d MiB; use a smaller network, fewer examples or inner steps, or learner.engine = fused"
              .formatted(device, bytes >> 20, one >> 20));
    }
    int fits = 1;
    int tooMany = most;
    while (tooMany - fits > 1) {
      int middle = (fits + tooMany) >>> 1;
      if (need.applyAsLong(middle) <= bytes) {
        fits = middle;
      } else {
        tooMany = middle;
      }
    }
    return fits;
  }
}
