package io.engram.engine.cuda.device;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A processor that plays a card: the kernels' own sources, compiled as C++, on the host's memory. What a card would start later runs at
 * once, block after block, so one of these at a time.
 */
public final class ShimDevice implements Device {

  private static final int SHARED_BYTES = 64 << 10;

  private static final Object ONE_AT_A_TIME = new Object();

  private final NativeLibrary library;
  private final Map<Long, Memory> memory = new HashMap<>();
  private final long limit;
  private long used;

  private ShimDevice(NativeLibrary library, long limit) {
    this.library = library;
    this.limit = limit;
  }

  /** Compiles the kernels on first use. */
  public static ShimDevice open() {
    return open(Long.MAX_VALUE);
  }

  /** One with so many bytes of memory. */
  public static ShimDevice open(long bytes) {
    return new ShimDevice(Library.INSTANCE, bytes);
  }

  private static final class Library {
    static final NativeLibrary INSTANCE = NativeLibrary.getInstance(Sources.shim().toString());
  }

  @Override
  public String description() {
    return "a processor that plays a card";
  }

  @Override
  public long freeBytes() {
    return limit - used;
  }

  @Override
  public int sharedBytes() {
    return SHARED_BYTES;
  }

  @Override
  public int processors() {
    return 1;
  }

  @Override
  public long allocate(long bytes) {
    if (used + bytes > limit) {
      throw new DeviceMemoryException("no room for %,d bytes more".formatted(bytes));
    }
    Memory block = new Memory(bytes);
    block.clear();
    memory.put(Pointer.nativeValue(block), block);
    used += bytes;
    return Pointer.nativeValue(block);
  }

  @Override
  public void free(long address) {
    Memory block = memory.remove(address);
    if (block == null) {
      throw new IllegalStateException("freed twice: " + address);
    }
    used -= block.size();
    block.close();
  }

  /** Blocks that have not been given back. */
  public int allocations() {
    return memory.size();
  }

  @Override
  public HostMemory allocateHost(long bytes) {
    Memory block = new Memory(bytes);
    block.clear();
    memory.put(Pointer.nativeValue(block), block);
    used += bytes;
    return new HostMemory(
        Pointer.nativeValue(block), block.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder()));
  }

  @Override
  public void free(HostMemory host) {
    free(host.address());
  }

  @Override
  public void upload(long to, int[] numbers) {
    new Pointer(to).write(0, numbers, 0, numbers.length);
  }

  @Override
  public Sequence sequence(List<Command> commands, List<Command> beside) {
    List<Command> all = Stream.concat(commands.stream(), beside.stream()).toList();
    return new Sequence() {
      @Override
      public void start() {
        synchronized (ONE_AT_A_TIME) {
          all.forEach(ShimDevice.this::run);
        }
      }

      @Override
      public void close() {
        // Nothing to give back.
      }
    };
  }

  private void run(Command command) {
    if (command instanceof Command.Upload upload) {
      copy(upload.from().address(), upload.to(), upload.bytes());
    } else if (command instanceof Command.Download download) {
      copy(download.from(), download.to().address(), download.bytes());
    } else if (command instanceof Command.Launch launch) {
      try (Memory parameters = new Memory(launch.parameters().length)) {
        parameters.write(0, launch.parameters(), 0, launch.parameters().length);
        Function kernel = library.getFunction(launch.kernel());
        kernel.invokeVoid(
            new Object[] {
              parameters, launch.across(), launch.down(), launch.threads(), launch.sharedBytes()
            });
      }
    }
  }

  private static void copy(long from, long to, long bytes) {
    byte[] content = new Pointer(from).getByteArray(0, Math.toIntExact(bytes));
    new Pointer(to).write(0, content, 0, content.length);
  }

  @Override
  public void mark() {
    // Everything ran when it was started.
  }

  @Override
  public void awaitAllButLast() {
    // Everything ran when it was started.
  }

  @Override
  public void await() {
    // Everything ran when it was started.
  }

  @Override
  public void close() {
    memory.values().forEach(Memory::close);
    memory.clear();
  }
}
