package io.engram.engine.cuda.device;

/** What a device does. */
public sealed interface Command {

  /**
   * Runs a kernel.
   *
   * @param kernel its name in the sources
   * @param across blocks
   * @param down as many times, 1 for a plain row of blocks
   * @param threads of each block
   * @param sharedBytes dynamic shared memory of each block
   * @param parameters the kernel's structure, byte for byte
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes as the card wants them; never compared
  record Launch(
      String kernel, int across, int down, int threads, int sharedBytes, byte[] parameters)
      implements Command {}

  /** Copies {@code bytes} from the beginning of the host's memory to the card. */
  record Upload(HostMemory from, long to, long bytes) implements Command {}

  /** Copies {@code bytes} from the card to the beginning of the host's memory. */
  record Download(long from, HostMemory to, long bytes) implements Command {}
}
