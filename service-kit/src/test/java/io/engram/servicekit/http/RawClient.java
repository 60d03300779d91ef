package io.engram.servicekit.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client that sends what it is told, byte for byte, and reads until the server closes. */
final class RawClient implements AutoCloseable {

  private final Socket socket = new Socket();

  RawClient(InetSocketAddress address) throws IOException {
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()), 2000);
    socket.setSoTimeout(20_000);
  }

  /** One request on a connection of its own, and everything that comes back. */
  static String ask(InetSocketAddress address, String request) throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send(request);
      return client.rest();
    }
  }

  /** A GET that asks for the connection to be closed. */
  static String get(InetSocketAddress address, String path) throws IOException {
    return ask(
        address, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }

  /** How long health takes, from the connect to the last byte. */
  static Duration health(InetSocketAddress address) throws IOException {
    long start = System.nanoTime();
    String answer = get(address, "/health");
    if (!answer.startsWith("HTTP/1.1 200")) {
      throw new AssertionError("health said: " + answer);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  String rest() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** What is there once so many bytes are. */
  String some(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
