package io.engram.servicekit.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients for whom there is no place hear 503. Their sockets stay for a moment and what they send is taken, because a socket that is
 * closed over unread bytes resets, and the client would see no answer. Thread-safe.
 */
final class Turnaway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Turnaway.class);
  private static final Duration MOMENT = Duration.ofMillis(300);
  private static final int MOST = 256;

  private final byte[] busy = answer();
  private final byte[] sink = new byte[8 * 1024];
  private final Deque<Leaving> leaving = new ArrayDeque<>();

  private record Leaving(Socket socket, long until) {}

  /** Answers a fresh connection, into the empty buffer of its socket. */
  synchronized void busy(Socket socket, boolean tls) {
    try {
      if (!tls) {
        socket.getOutputStream().write(busy);
        socket.shutdownOutput();
      }
      if (tls || leaving.size() >= MOST) {
        socket.close();
      } else {
        leaving.add(new Leaving(socket, System.nanoTime() + MOMENT.toNanos()));
      }
    } catch (IOException e) {
      close(socket);
    }
  }

  /** Takes what came, and closes those whose moment is over. */
  synchronized void look(long now) {
    for (Leaving it : leaving) {
      take(it.socket());
    }
    while (!leaving.isEmpty() && now - leaving.peek().until() > 0) {
      close(leaving.remove().socket());
    }
  }

  @Override
  public synchronized void close() {
    leaving.forEach(it -> close(it.socket()));
    leaving.clear();
  }

  private void take(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      int there = in.available();
      if (there > 0) {
        LOG.trace("took {} bytes", in.read(sink, 0, Math.min(there, sink.length)));
      }
    } catch (IOException e) {
      LOG.trace("it has gone", e);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.trace("closing failed", e);
    }
  }

  private static byte[] answer() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      AnswerWriter.write(bytes, AnswerWriter.problem(HttpRefusal.busy()), false);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
