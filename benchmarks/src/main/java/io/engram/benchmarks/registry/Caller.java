package io.engram.benchmarks.registry;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Posts to one path over one connection, which stays open unless the other side closes it. Costs little itself. For one thread. */
final class Caller implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final int port;
  private final String path;
  private Socket socket = new Socket();
  private InputStream in = InputStream.nullInputStream();
  private boolean open;

  Caller(int port, String path) {
    this.port = port;
    this.path = path;
  }

  /**
   * The status of the answer, which is read to its end.
   *
   * @throws IOException if there was none
   */
  int post(byte[] body) throws IOException {
    if (!open) {
      connect();
    }
    byte[] head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, body.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    socket.getOutputStream().write(whole);
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    int length = 0;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
      } else if (lower.equals("connection: close")) {
        open = false;
      }
    }
    in.skipNBytes(length);
    if (!open) {
      socket.close();
    }
    return status;
  }

  private void connect() throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
    open = true;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        open = false;
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
