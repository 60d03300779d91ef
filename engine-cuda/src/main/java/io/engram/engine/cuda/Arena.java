package io.engram.engine.cuda;

import io.engram.engine.cuda.device.Device;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Memory on the card that is given back together. Without a device it only counts, to find out what a plan would need. */
final class Arena implements AutoCloseable {

  /** Of every allocation, so that rows begin where the card reads best. */
  private static final long ALIGNMENT = 256;

  private final @Nullable Device device;
  private final List<Long> addresses = new ArrayList<>();
  private long bytes;

  Arena(@Nullable Device device) {
    this.device = device;
  }

  /** Zeros. */
  long floats(long count) {
    long size = Math.max(ALIGNMENT, (4 * count + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    bytes += size;
    if (device == null) {
      return ALIGNMENT; // Any address: nothing runs.
    }
    long address = device.allocate(size);
    addresses.add(address);
    return address;
  }

  /** A vector of {@code length} for each of {@code tasks}. */
  Rows rows(int tasks, long length) {
    return new Rows(floats(tasks * length), length);
  }

  /** Whether it only counts. */
  boolean counts() {
    return device == null;
  }

  /** What was asked for so far. */
  long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    if (device != null) {
      addresses.forEach(device::free);
      addresses.clear();
    }
  }
}
