package io.engram.engine.cuda;

import io.engram.engine.cuda.device.Command;
import io.engram.engine.cuda.device.Device;
import io.engram.engine.cuda.device.HostMemory;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What crosses between host and card in one piece: places are reserved first, then {@link #make} gives them memory on both sides. Without
 * a device it only counts.
 */
final class Staging implements AutoCloseable {

  private static final long ALIGNMENT = 256;

  /** A direct buffer ends here. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - ALIGNMENT;

  private final @Nullable Device device;
  private @Nullable HostMemory host;
  private long address = ALIGNMENT;
  private long bytes;

  /** A place in it: {@code length} numbers of four bytes. */
  final class Place {
    private final long offset;
    private final int length;

    private Place(long offset, int length) {
      this.offset = offset;
      this.length = length;
    }

    /** Where it is on the card. */
    long address() {
      return address + offset;
    }

    /** The host's side as floats. */
    FloatBuffer floats() {
      return host().floats(offset, length);
    }

    /** The host's side as ints. */
    IntBuffer ints() {
      return host().ints(offset, length);
    }
  }

  Staging(@Nullable Device device) {
    this.device = device;
  }

  /** A place for {@code length} numbers. */
  Place reserve(long length) {
    Place place = new Place(bytes, Math.toIntExact(length));
    bytes += (4 * length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "a batch of episodes of more than 2 GiB cannot be handed to a card at once; use a smaller meta-batch");
    }
    return place;
  }

  /** Gives the places memory. */
  void make() {
    if (device != null) {
      address = device.allocate(Math.max(ALIGNMENT, bytes));
      try {
        host = device.allocateHost(Math.max(ALIGNMENT, bytes));
      } catch (RuntimeException e) {
        device.free(address);
        throw e;
      }
    }
  }

  long bytes() {
    return bytes;
  }

  Command upload() {
    return new Command.Upload(host(), address, bytes);
  }

  Command download() {
    return new Command.Download(address, host(), bytes);
  }

  private HostMemory host() {
    if (host == null) {
      throw new IllegalStateException("this staging has no memory");
    }
    return host;
  }

  @Override
  public void close() {
    if (device != null && host != null) {
      device.free(address);
      device.free(host);
      host = null;
    }
  }
}
