package io.engram.engine.cuda.device;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** An NVIDIA card, through its driver. Everything runs on one stream of its own. */
public final class CudaDevice implements Device {

  private final Card card;
  private final LoadedKernels loaded;
  private final long stream;
  private final long copies;
  private final long fork;
  private final long join;
  private final long[] marks = new long[2];
  private int newest;
  private boolean closed;

  private CudaDevice(Card card) {
    this.card = card;
    this.loaded = LoadedKernels.on(card);
    current();
    LongByReference found = new LongByReference();
    check("making a stream", Driver.cuStreamCreate(found, Driver.STREAM_NON_BLOCKING));
    this.stream = found.getValue();
    check("making a stream", Driver.cuStreamCreate(found, Driver.STREAM_NON_BLOCKING));
    this.copies = found.getValue();
    check("making an event", Driver.cuEventCreate(found, Driver.EVENT_WITHOUT_TIME));
    this.fork = found.getValue();
    check("making an event", Driver.cuEventCreate(found, Driver.EVENT_WITHOUT_TIME));
    this.join = found.getValue();
    for (int i = 0; i < marks.length; i++) {
      check("making an event", Driver.cuEventCreate(found, Driver.EVENT_WITHOUT_TIME));
      marks[i] = found.getValue();
    }
  }

  /**
   * Opens a card.
   *
   * @throws DeviceLostException if it does not answer
   */
  public static CudaDevice open(Card card) {
    return new CudaDevice(card);
  }

  @Override
  public String description() {
    return card.toString();
  }

  @Override
  public int sharedBytes() {
    return card.dynamicShared();
  }

  @Override
  public int processors() {
    return card.processors();
  }

  @Override
  public long freeBytes() {
    current();
    LongByReference free = new LongByReference();
    check("asking for free memory", Driver.cuMemGetInfo_v2(free, new LongByReference()));
    return free.getValue();
  }

  @Override
  public long allocate(long bytes) {
    current();
    LongByReference address = new LongByReference();
    int result = Driver.cuMemAlloc_v2(address, bytes);
    if (result == Driver.OUT_OF_MEMORY) {
      throw new DeviceMemoryException(
          "%s has no room for %,d bytes more; %,d are free".formatted(card, bytes, freeBytes()));
    }
    check("allocating", result);
    check("clearing memory", Driver.cuMemsetD8_v2(address.getValue(), (byte) 0, bytes));
    return address.getValue();
  }

  @Override
  public void free(long address) {
    current();
    Driver.cuMemFree_v2(address);
  }

  @Override
  public HostMemory allocateHost(long bytes) {
    current();
    PointerByReference found = new PointerByReference();
    check("allocating memory of the host", Driver.cuMemHostAlloc(found, bytes, 0));
    Pointer pointer = found.getValue();
    return new HostMemory(
        Pointer.nativeValue(pointer),
        pointer.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder()));
  }

  @Override
  public void free(HostMemory memory) {
    current();
    Driver.cuMemFreeHost(memory.address());
  }

  @Override
  public void upload(long to, int[] numbers) {
    current();
    try (Memory memory = new Memory(Math.max(4L, 4L * numbers.length))) {
      memory.write(0, numbers, 0, numbers.length);
      check(
          "copying", Driver.cuMemcpyHtoD_v2(to, Pointer.nativeValue(memory), 4L * numbers.length));
    }
  }

  @Override
  public Sequence sequence(List<Command> commands, List<Command> beside) {
    current();
    // Found before the recording begins, in which nothing may be loaded.
    for (Command command : commands) {
      if (command instanceof Command.Launch launch) {
        loaded.function(launch.kernel());
      }
    }
    if (Profile.WANTED) {
      return new OneByOne(commands, beside);
    }
    LongByReference graph = new LongByReference();
    LongByReference executable = new LongByReference();
    check("recording", Driver.cuStreamBeginCapture_v2(stream, Driver.CAPTURE_THREAD_LOCAL));
    if (!beside.isEmpty()) {
      order(stream, fork, copies);
      beside.forEach(command -> issue(command, copies));
    }
    commands.forEach(command -> issue(command, stream));
    if (!beside.isEmpty()) {
      order(copies, join, stream);
    }
    check("recording", Driver.cuStreamEndCapture(stream, graph));
    check("making a graph", Driver.cuGraphInstantiateWithFlags(executable, graph.getValue(), 0));
    check("making a graph", Driver.cuGraphDestroy(graph.getValue()));
    return new Graph(executable.getValue());
  }

  @Override
  public void mark() {
    current();
    newest = 1 - newest;
    check("marking", Driver.cuEventRecord(marks[newest], stream));
  }

  @Override
  public void awaitAllButLast() {
    current();
    check("computing", Driver.cuEventSynchronize(marks[1 - newest]));
  }

  @Override
  public void await() {
    current();
    check("computing", Driver.cuStreamSynchronize(stream));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      current();
      Driver.cuEventDestroy_v2(fork);
      Driver.cuEventDestroy_v2(join);
      for (long mark : marks) {
        Driver.cuEventDestroy_v2(mark);
      }
      Driver.cuStreamDestroy_v2(copies);
      Driver.cuStreamDestroy_v2(stream);
    }
  }

  /** What comes on {@code later} waits for what is on {@code earlier} so far. */
  private static void order(long earlier, long event, long later) {
    check("ordering streams", Driver.cuEventRecord(event, earlier));
    check("ordering streams", Driver.cuStreamWaitEvent(later, event, 0));
  }

  private void issue(Command command, long on) {
    if (command instanceof Command.Launch launch) {
      launch(launch, on);
    } else if (command instanceof Command.Upload upload) {
      check(
          "copying",
          Driver.cuMemcpyHtoDAsync_v2(upload.to(), upload.from().address(), upload.bytes(), on));
    } else if (command instanceof Command.Download download) {
      check(
          "copying",
          Driver.cuMemcpyDtoHAsync_v2(
              download.to().address(), download.from(), download.bytes(), on));
    }
  }

  private void launch(Command.Launch launch, long on) {
    try (Memory parameters = new Memory(launch.parameters().length);
        Memory size = new Memory(8);
        Memory extra = new Memory(5 * 8)) {
      parameters.write(0, launch.parameters(), 0, launch.parameters().length);
      size.setLong(0, launch.parameters().length);
      // CU_LAUNCH_PARAM_BUFFER_POINTER, the buffer, CU_LAUNCH_PARAM_BUFFER_SIZE, its size,
      // CU_LAUNCH_PARAM_END
      extra.setLong(0, 1);
      extra.setPointer(8, parameters);
      extra.setLong(16, 2);
      extra.setPointer(24, size);
      extra.setLong(32, 0);
      check(
          "starting the kernel " + launch.kernel(),
          Driver.cuLaunchKernel(
              loaded.function(launch.kernel()),
              launch.across(),
              launch.down(),
              1,
              launch.threads(),
              1,
              1,
              launch.sharedBytes(),
              on,
              Pointer.NULL,
              extra));
    }
  }

  private void current() {
    loaded.use();
  }

  private static void check(String doing, int result) {
    Driver.check(doing, result);
  }

  private final class Graph implements Sequence {

    private final long executable;
    private boolean destroyed;

    Graph(long executable) {
      this.executable = executable;
    }

    @Override
    public void start() {
      current();
      check("starting a graph", Driver.cuGraphLaunch(executable, stream));
    }

    @Override
    public void close() {
      if (!destroyed) {
        destroyed = true;
        current();
        Driver.cuGraphExecDestroy(executable);
      }
    }
  }

  /** Command by command, each waited for and timed: to find out where time goes, not for use. */
  private final class OneByOne implements Sequence {

    private final List<Command> commands = new ArrayList<>();

    OneByOne(List<Command> commands, List<Command> beside) {
      this.commands.addAll(beside);
      this.commands.addAll(commands);
    }

    @Override
    public void start() {
      current();
      for (Command command : commands) {
        check("computing", Driver.cuStreamSynchronize(stream));
        long began = System.nanoTime();
        issue(command, stream);
        check("computing", Driver.cuStreamSynchronize(stream));
        Profile.add(command, System.nanoTime() - began);
      }
    }

    @Override
    public void close() {
      Profile.print();
    }
  }
}
