package io.engram.learner.agent;

import io.engram.core.learning.tasks.ReplayReader;
import io.engram.core.task.Task;
import io.engram.model.TaskArrays;
import io.engram.model.TaskCodec;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads and decodes remembered tasks while the engine computes on those before them, into a ring of buffers that are used again.
 *
 * <p>Announced tasks are read one at a time and in their order by the thread {@code engram-replay}; by the learner's own where that has not
 * come so far: a late or starved reader thread costs no more than reading without one, and what the store is asked for does not depend on
 * threads.
 *
 * <p><b>Threading:</b> all methods belong to the learner's thread. The store is read only between an announcement and the return of the
 * last announced task, so a commit never meets a read. <b>Failure:</b> what a read throws is thrown where the learner asks for
 * that task; nothing is read after it. <b>Closing:</b> when {@link #close()} returns the thread has ended. Close it before the store: a
 * read of a closed RocksDB ends the process.
 */
final class ReadAhead implements ReplayReader, AutoCloseable {

  /** Some ten microseconds: a read out of the page cache, and less than putting a thread to sleep and waking it. */
  private static final int SPINS = 500;

  private final LearnerStore<?, ?> store;
  private final boolean ahead;
  private final TaskArrays[] ring;
  private final @Nullable Task[] tasks;

  /** Whose turn it is to read. Fair, so that the learner gets its turn before the reader thread's next one. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private final RecordBuffer record = new RecordBuffer();
  private final TaskCodec decoder = new TaskCodec();

  private volatile int[] announced = {};
  private volatile int read;
  private volatile int released;
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;

  private int taken;
  private @Nullable Thread thread;

  /**
   * @param inUse tasks that may be read before the first of them is released
   * @param ahead tasks that may be read beyond those; 0 to read on the learner's thread alone
   */
  ReadAhead(LearnerStore<?, ?> store, int inUse, int ahead) {
    this.store = store;
    this.ahead = ahead > 0;
    this.ring = new TaskArrays[inUse + ahead];
    for (int i = 0; i < ring.length; i++) {
      ring[i] = new TaskArrays();
    }
    this.tasks = new Task[ring.length];
  }

  @Override
  public void announce(int[] slots) {
    if (taken < announced.length) {
      throw new IllegalStateException(
          "%d announced tasks were not asked for".formatted(announced.length - taken));
    }
    turn.lock();
    try {
      announced = slots.clone();
      read = 0;
      released = 0;
      taken = 0;
    } finally {
      turn.unlock();
    }
    wake();
  }

  @Override
  public Task read(int slot) {
    if (taken == announced.length) {
      return readUnannounced(slot);
    }
    if (announced[taken] != slot || taken - released == ring.length) {
      throw new IllegalStateException(
          "slot %d asked for as task %d of those announced, which is slot %d; %d of at most %d are in use"
              .formatted(slot, taken, announced[taken], taken - released, ring.length));
    }
    for (int spins = 0; read == taken; spins++) {
      throwWhatEnded(taken);
      if (spins < SPINS && turn.isLocked()) {
        Thread.onSpinWait();
      } else {
        readTask(taken);
      }
    }
    Task task = tasks[taken % ring.length];
    taken++;
    if (task == null) {
      throw new IllegalStateException("slot " + slot + " was read, but there is nothing");
    }
    return task;
  }

  /** What nobody could know of before: the whole memory once, where tasks are drawn by likeness. */
  private Task readUnannounced(int slot) {
    turn.lock();
    try {
      store.read(slot, record);
      return decoder.decode(record.bytes(), record.length(), new TaskArrays());
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void release() {
    released = taken;
    wake();
  }

  /** What a thread that is about to sleep does not see it finds when it wakes at once: a permit waits for it. */
  private void wake() {
    if (!ahead || !due()) {
      return;
    }
    if (thread == null) {
      thread = new Thread(this::run, "engram-replay");
      thread.setDaemon(true);
      thread.start();
    }
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closed) {
      if (due()) {
        readTask(read);
      } else {
        LockSupport.park(this);
      }
    }
  }

  private boolean due() {
    return failure == null && read < announced.length && read - released < ring.length;
  }

  /** Reads this one of the announced tasks, unless it has been. */
  private void readTask(int place) {
    turn.lock();
    try {
      if (place == read && due() && !closed) {
        store.read(announced[place], record);
        int frame = place % ring.length;
        tasks[frame] = decoder.decode(record.bytes(), record.length(), ring[frame]);
        read = place + 1;
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    } finally {
      turn.unlock();
    }
  }

  /** A failure is of the first place not read: since the learner looked, the reader thread may have read this one and failed at the next. */
  private void throwWhatEnded(int place) {
    Throwable ended = failure;
    if (ended != null && read > place) {
      return;
    }
    if (ended instanceof RuntimeException e) {
      throw e;
    }
    if (ended instanceof Error e) {
      throw e;
    }
    if (closed) {
      throw new IllegalStateException("the reader of remembered tasks is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    Thread reader = thread;
    if (reader == null) {
      return;
    }
    LockSupport.unpark(reader);
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
