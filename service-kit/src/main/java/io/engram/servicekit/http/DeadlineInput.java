package io.engram.servicekit.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a client sends, up to a moment that stands: however slowly bytes drip, they do not move it. For one thread. */
final class DeadlineInput {

  private static final int BUFFER_BYTES = 8 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int end;
  private long deadline;

  DeadlineInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** Sets the moment. */
  void within(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
  }

  /**
   * Waits for a byte and leaves it.
   *
   * @return whether there is one; false where the client has gone
   * @throws SocketTimeoutException if none comes in time
   */
  boolean awaitByte() throws IOException {
    return at < end || fill();
  }

  /** The next byte, −1 at the end. */
  int read() throws IOException {
    return awaitByte() ? buffer[at++] & 0xff : -1;
  }

  /** Reads into {@code target} until {@code length} bytes stand there or the client goes; how many stand there then. */
  int read(byte[] target, int length) throws IOException {
    int done = 0;
    while (done < length && awaitByte()) {
      int part = Math.min(length - done, end - at);
      System.arraycopy(buffer, at, target, done, part);
      at += part;
      done += part;
    }
    return done;
  }

  /** Reads and forgets up to so many bytes; whether that many came. */
  boolean skip(long bytes) throws IOException {
    long left = bytes;
    while (left > 0 && awaitByte()) {
      long part = Math.min(left, end - at);
      at += (int) part;
      left -= part;
    }
    return left == 0;
  }

  private boolean fill() throws IOException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException("too slow");
    }
    socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
    int read = in.read(buffer, 0, buffer.length);
    at = 0;
    end = Math.max(0, read);
    return read > 0;
  }
}
