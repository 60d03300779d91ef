package io.engram.engine.cuda.device;

import java.util.List;

/** A device that fails once, at a command of choice, and then goes on as if nothing had been: worse than a card, which stays lost. */
public final class FailingDevice implements Device {

  private final Device device;
  private final int failing;
  private int commands;

  /**
   * Wraps one.
   *
   * @param failing the number of the command that fails, from 1 on
   */
  public FailingDevice(Device device, int failing) {
    this.device = device;
    this.failing = failing;
  }

  /** Whether it has failed. */
  public boolean failed() {
    return commands >= failing;
  }

  private Device next(String command) {
    if (++commands == failing) {
      throw new DeviceLostException("lost at command %d, %s".formatted(commands, command));
    }
    return device;
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
    return next("freeBytes").freeBytes();
  }

  @Override
  public long allocate(long bytes) {
    return next("allocate").allocate(bytes);
  }

  @Override
  public void free(long address) {
    next("free").free(address);
  }

  @Override
  public HostMemory allocateHost(long bytes) {
    return next("allocateHost").allocateHost(bytes);
  }

  @Override
  public void free(HostMemory memory) {
    next("free").free(memory);
  }

  @Override
  public void upload(long to, int[] numbers) {
    next("upload").upload(to, numbers);
  }

  @Override
  public Sequence sequence(List<Command> commands, List<Command> beside) {
    Sequence sequence = next("sequence").sequence(commands, beside);
    return new Sequence() {
      @Override
      public void start() {
        next("start");
        sequence.start();
      }

      @Override
      public void close() {
        next("close");
        sequence.close();
      }
    };
  }

  @Override
  public void mark() {
    next("mark").mark();
  }

  @Override
  public void awaitAllButLast() {
    next("awaitAllButLast").awaitAllButLast();
  }

  @Override
  public void await() {
    next("await").await();
  }

  @Override
  public void close() {
    next("close").close();
  }
}
