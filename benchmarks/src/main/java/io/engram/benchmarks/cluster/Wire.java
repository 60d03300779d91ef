package io.engram.benchmarks.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way from one client to one broker, which can be cut: then nothing comes through, in either direction, and nobody is told, as in a
 * network that has parted. Mended, what was on its way arrives.
 */
final class Wire implements AutoCloseable {

  private static final int CHUNK = 1 << 16;

  private final ServerSocket entrance;
  private final int broker;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Object gate = new Object();
  private boolean cut;

  /**
   * Begins to carry.
   *
   * @param broker port on loopback where the broker listens
   */
  Wire(int broker) {
    this.broker = broker;
    try {
      this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** Where the client connects, on loopback. */
  int port() {
    return entrance.getLocalPort();
  }

  void cut() {
    synchronized (gate) {
      cut = true;
    }
  }

  void mend() {
    synchronized (gate) {
      cut = false;
      gate.notifyAll();
    }
  }

  private void accept() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        sockets.add(client);
        daemon(() -> connect(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void connect(Socket client) {
    try {
      passGate();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), broker);
      sockets.add(server);
      daemon(() -> carry(client, server));
      carry(server, client);
    } catch (IOException e) {
      end(client); // no broker there
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int read = in.read(chunk);
      while (read >= 0) {
        passGate();
        out.write(chunk, 0, read);
        read = in.read(chunk);
      }
    } catch (IOException e) {
      // One of the two has gone; the other hears of it below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end(from);
    end(to);
  }

  private void passGate() throws InterruptedException {
    synchronized (gate) {
      while (cut) {
        gate.wait();
      }
    }
  }

  private void end(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "bench-wire");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      entrance.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    mend();
    Set.copyOf(sockets).forEach(this::end);
  }
}
