package io.engram.engine.cuda;

import io.engram.engine.cuda.device.Command;
import io.engram.engine.cuda.device.ParameterBlock;
import java.util.ArrayList;
import java.util.List;

/** Commands as they are thought of, for some number of tasks at once. */
final class Recording {

  private static final int THREADS = 256;

  /** Blocks of a kernel that goes through a vector in steps of its whole grid. */
  private static final int MOST_BLOCKS = 1024;

  private final List<Command> commands = new ArrayList<>();

  void add(Command command) {
    commands.add(command);
  }

  List<Command> commands() {
    return commands;
  }

  /** {@code blocks} blocks of {@code threads}. */
  void launch(String kernel, int blocks, int threads, int sharedBytes, ParameterBlock parameters) {
    commands.add(new Command.Launch(kernel, blocks, 1, threads, sharedBytes, parameters.bytes()));
  }

  /** A thread for each of {@code elements} elements of each of {@code tasks} tasks. */
  void each(String kernel, int tasks, long elements, ParameterBlock parameters) {
    int across = Math.toIntExact((elements + THREADS - 1) / THREADS);
    commands.add(
        new Command.Launch(kernel, Math.max(1, across), tasks, THREADS, 0, parameters.bytes()));
  }

  /** The same for kernels that go on until the vector's end by themselves. */
  void sweep(String kernel, int tasks, long elements, ParameterBlock parameters) {
    long across = Math.min(MOST_BLOCKS, (elements + THREADS - 1) / THREADS);
    commands.add(
        new Command.Launch(
            kernel, (int) Math.max(1, across), tasks, THREADS, 0, parameters.bytes()));
  }

  /** {@code into = from} of each task; {@link Rows#NONE} stands for zeros. */
  void copy(int tasks, Rows from, Rows into, int length) {
    copy(tasks, from, into, length, 0, false);
  }

  /**
   * {@code into += scale·from} of each task.
   *
   * @param scale address of one number
   */
  void add(int tasks, Rows from, Rows into, int length, long scale) {
    copy(tasks, from, into, length, scale, true);
  }

  private void copy(int tasks, Rows from, Rows into, int length, long scale, boolean keep) {
    ParameterBlock block = from.to(new ParameterBlock());
    into.to(block).pointer(scale).flag(keep).number(length);
    sweep("copy_rows", tasks, length, block);
  }
}
