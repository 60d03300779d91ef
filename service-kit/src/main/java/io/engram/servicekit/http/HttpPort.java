package io.engram.servicekit.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 server for strangers: a thread for each connection, connections counted, everything that is waited for has an end. Small on
 * purpose: no transfer encodings in requests, no upgrades, no methods or files of its own.
 */
public final class HttpPort implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpPort.class);

  /** Who finds no place among those waiting to be accepted tries again a second later. */
  private static final int BACKLOG = 4096;

  /** Threads that wait for connections, so that the first of many need not be made. */
  private static final int READY_THREADS = 8;

  private static final Duration LOOK = Duration.ofMillis(100);

  /** Threads of connections that were sent away and have not noticed yet. */
  private static final int SPARE_THREADS = 64;

  private final ServerSocket server;
  private final PortRules rules;
  private final Guests guests;
  private final Turnaway turnaway = new Turnaway();
  private final ThreadPoolExecutor threads;
  private volatile boolean open = true;

  private HttpPort(HttpBinding binding, ServerSocket server, PortRules rules) {
    this.server = server;
    this.rules = rules;
    this.guests = new Guests(rules.limits().connections());
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            Math.min(READY_THREADS, rules.limits().connections().all()),
            rules.limits().connections().all() + SPARE_THREADS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> thread(binding.name() + "-" + number.incrementAndGet(), work));
    threads.prestartAllCoreThreads();
    thread(binding.name() + "-accepts", this::accept).start();
    thread(binding.name() + "-looks", this::look).start();
  }

  /**
   * Begins to listen.
   *
   * @throws IOException if the address cannot be had
   */
  public static HttpPort open(
      HttpBinding binding, HttpLimits limits, AllowedHosts hosts, HttpHandler handler)
      throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(binding.host(), binding.port()), BACKLOG);
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
    return new HttpPort(
        binding,
        server,
        new PortRules(
            handler,
            hosts,
            limits,
            new Turnstile(limits.calls()),
            new Turnstile(limits.streams()),
            binding.tls()));
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  /** How many connections of a client are open. */
  long connections(InetAddress client) {
    return guests.of(client);
  }

  /** Stops listening and closes what is open. Idempotent. */
  @Override
  public void close() {
    open = false;
    try {
      server.close();
    } catch (IOException e) {
      LOG.debug("the port did not close cleanly", e);
    }
    guests.open().forEach(Connection::close);
    threads.shutdownNow();
    turnaway.close();
  }

  private void accept() {
    while (open) {
      try {
        receive(server.accept());
      } catch (IOException e) {
        if (open) {
          LOG.debug("a connection could not be taken: {}", e.getMessage());
          pause(); // no more files, perhaps: some are closed soon
        }
      } catch (RuntimeException e) {
        LOG.error("a mistake of ours in taking a connection; the port goes on", e);
      }
    }
  }

  private void receive(Socket socket) throws IOException {
    Connection connection;
    try {
      socket.setTcpNoDelay(true);
      connection = new Connection(socket, rules);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    boolean stays = guests.admit(connection);
    if (stays) {
      try {
        threads.execute(() -> run(connection));
      } catch (RejectedExecutionException e) {
        guests.left(connection);
        stays = false;
      }
    }
    if (!stays) {
      turnaway.busy(socket, rules.tls().isPresent());
    }
  }

  private void run(Connection connection) {
    try {
      connection.run();
    } catch (RuntimeException e) {
      LOG.error("a mistake of ours in a connection, which is closed; the port goes on", e);
    } finally {
      guests.left(connection);
    }
  }

  /** After what is too slow. */
  private void look() {
    while (open) {
      pause();
      try {
        long now = System.nanoTime();
        guests.open().forEach(it -> it.closeIfLate(now));
        turnaway.look(now);
      } catch (RuntimeException e) {
        LOG.error("a mistake of ours in looking after connections; the port goes on", e);
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
