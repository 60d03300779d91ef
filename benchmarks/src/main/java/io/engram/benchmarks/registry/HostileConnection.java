package io.engram.benchmarks.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection of somebody who sends bytes rather than requests. */
final class HostileConnection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final int BUFFER_BYTES = 4096;

  private final Socket socket = new Socket();

  private HostileConnection() {}

  static HostileConnection open(int port) throws IOException {
    HostileConnection connection = new HostileConnection();
    try {
      connection.socket.setReceiveBufferSize(BUFFER_BYTES);
      connection.socket.setSoTimeout(PATIENCE_MILLIS);
      connection.socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      return connection;
    } catch (IOException e) {
      connection.close();
      throw e;
    }
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** The status of the answer; empty where the server closed without one. */
  String status() throws IOException {
    byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
    String text = new String(line, StandardCharsets.ISO_8859_1);
    return text.startsWith("HTTP/1.1 ") ? text.substring("HTTP/1.1 ".length()) : "";
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
