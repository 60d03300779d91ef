package io.engram.engine.cuda.device;

import java.util.List;

/**
 * One card, or what plays one. Memory on it is told by its address.
 *
 * <p><b>Threading:</b> one caller at a time; it may be another thread each time.
 *
 * <p><b>Failures:</b> {@link DeviceMemoryException} where memory runs out, {@link DeviceLostException} for everything after which the card
 * cannot be used any more by this process.
 */
public interface Device extends AutoCloseable {

  /** What it is, for people. */
  String description();

  /** Bytes that can still be had. */
  long freeBytes();

  /** The most shared memory that a block may ask for, in bytes. */
  int sharedBytes();

  /** Multiprocessors. */
  int processors();

  /** Memory on the card, all zero. */
  long allocate(long bytes);

  /** Gives memory back. */
  void free(long address);

  /** Memory of the host that the card can read and write by itself. */
  HostMemory allocateHost(long bytes);

  /** Gives memory of the host back. */
  void free(HostMemory memory);

  /** Copies numbers at once. */
  void upload(long to, int[] numbers);

  /**
   * Makes one thing of the commands, to be started in one go as often as wanted. Their memory must stay.
   *
   * @param commands run one after another
   * @param beside run at the same time as those; the sequence is done when both are
   */
  Sequence sequence(List<Command> commands, List<Command> beside);

  /** Remembers what has been started so far, for {@link #awaitAllButLast}. */
  void mark();

  /** Waits until everything is done that was started before the last but one {@link #mark}. */
  void awaitAllButLast();

  /** Waits until everything started is done. */
  void await();

  @Override
  void close();

  /** Commands that are started together and run one after another. */
  interface Sequence extends AutoCloseable {

    /** Starts them behind everything started before; does not wait. */
    void start();

    @Override
    void close();
  }
}
