package io.engram.engine.cuda.device;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device that stays lost once it is: the failure that lost it is thrown again by every later call, whatever the driver would say then, so
 * that nobody takes what a broken card left behind for a result. Giving back and closing never fail: what a lost card held is gone with it.
 */
public final class GuardedDevice implements Device {

  private final Device device;
  private @Nullable DeviceLostException lost;

  public GuardedDevice(Device device) {
    this.device = device;
  }

  /** Something that gives a result. */
  private interface Question<T> {
    T ask();
  }

  @Override
  public String description() {
    return device.description();
  }

  @Override
  public int sharedBytes() {
    return device.sharedBytes();
  }

  @Override
  public int processors() {
    return device.processors();
  }

  @Override
  public long freeBytes() {
    return ask(device::freeBytes);
  }

  @Override
  public long allocate(long bytes) {
    return ask(() -> device.allocate(bytes));
  }

  @Override
  public HostMemory allocateHost(long bytes) {
    return ask(() -> device.allocateHost(bytes));
  }

  @Override
  public void upload(long to, int[] numbers) {
    tell(() -> device.upload(to, numbers));
  }

  @Override
  public Sequence sequence(List<Command> commands, List<Command> beside) {
    Sequence sequence = ask(() -> device.sequence(commands, beside));
    return new Sequence() {
      @Override
      public void start() {
        tell(sequence::start);
      }

      @Override
      public void close() {
        giveBack(sequence::close);
      }
    };
  }

  @Override
  public void mark() {
    tell(device::mark);
  }

  @Override
  public void awaitAllButLast() {
    tell(device::awaitAllButLast);
  }

  @Override
  public void await() {
    tell(device::await);
  }

  @Override
  public void free(long address) {
    giveBack(() -> device.free(address));
  }

  @Override
  public void free(HostMemory memory) {
    giveBack(() -> device.free(memory));
  }

  @Override
  public void close() {
    giveBack(device::close);
  }

  private <T> T ask(Question<T> question) {
    if (lost != null) {
      throw new DeviceLostException(String.valueOf(lost.getMessage()), lost);
    }
    try {
      return question.ask();
    } catch (DeviceLostException e) {
      lost = e;
      throw e;
    }
  }

  private void tell(Runnable command) {
    ask(
        () -> {
          command.run();
          return true;
        });
  }

  private void giveBack(Runnable command) {
    try {
      command.run();
    } catch (DeviceLostException e) {
      lost = lost == null ? e : lost;
    }
  }
}
