package io.engram.servicekit.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** What is sent to a client, which has to take it: at least so many bytes a second. Whoever looks after {@link #late} closes the socket. */
final class DeadlineOutput extends FilterOutputStream {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long BYTES_PER_SECOND = 64 * 1024;
  private static final long NEVER = Long.MAX_VALUE;

  private volatile long deadline = NEVER;

  DeadlineOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    deadline =
        System.nanoTime() + PATIENCE.toNanos() + length * (1_000_000_000L / BYTES_PER_SECOND);
    try {
      out.write(bytes, from, length);
    } finally {
      deadline = NEVER;
    }
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  /** Whether a write has taken longer than it may. */
  boolean late(long now) {
    long by = deadline;
    return by != NEVER && now - by > 0;
  }
}
