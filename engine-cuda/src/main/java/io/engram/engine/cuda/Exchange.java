package io.engram.engine.cuda;

import io.engram.engine.cuda.device.Device;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a plan has on the card: its room, what crosses to it and back in one piece each, and the commands in between. Without a device it only
 * counts. What cannot be made closes all that was.
 */
final class Exchange implements AutoCloseable {

  private final @Nullable Device device;
  private final Closing closing = new Closing();
  private final Arena arena;
  private final Staging in;
  private final Staging out;
  private Device.@Nullable Sequence sequence;

  Exchange(@Nullable Device device) {
    this.device = device;
    this.arena = closing.on(new Arena(device));
    this.in = closing.on(new Staging(device));
    this.out = closing.on(new Staging(device));
  }

  Arena arena() {
    return arena;
  }

  /** What is brought to the card. */
  Staging in() {
    return in;
  }

  /** What is fetched from it. */
  Staging out() {
    return out;
  }

  /** Makes another part of the plan, which is closed with this. */
  <T extends AutoCloseable> T with(Supplier<T> part) {
    try {
      return closing.on(part.get());
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  /** Makes what was reserved, and a sequence of commands: what comes in, then those that {@code work} writes, then what goes out. */
  void make(Consumer<Recording> work) {
    try {
      in.make();
      out.make();
      Recording recording = new Recording();
      if (!arena.counts()) {
        recording.add(in.upload());
      }
      work.accept(recording);
      if (!arena.counts()) {
        recording.add(out.download());
      }
      if (device != null) {
        sequence = closing.on(device.sequence(recording.commands(), List.of()));
      }
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  long bytes() {
    return arena.bytes() + in.bytes() + out.bytes();
  }

  /** Runs the commands. */
  void start() {
    if (sequence != null) {
      sequence.start();
    }
  }

  @Override
  public void close() {
    closing.close();
  }
}
